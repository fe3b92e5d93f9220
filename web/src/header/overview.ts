import "./overview.css";
import { addressWith, type AddressChange } from "../address";
import type { Overview } from "../api";
import { byId, element, setText } from "../dom";
import { stateGlyph } from "../svg";
import type { State } from "../state";
import { formatAge, formatInterval, formatSecond, parseExtractionDate } from "../time";

const kNothingChosen: AddressChange = {
  view: null, project: null, environment: null, account: null, state: null, metric: null, q: null,
};

/** The numbers at the top of the page; each leads to what it counts. */
export class OverviewStrip {
  #projects = tile(["project", "projects"], kNothingChosen);
  #reporting = tile(["spoke reporting", "spokes reporting"], { view: "spokes" }, "fresh");
  #late = tile(["late", "late"], { view: "spokes" }, "late");
  #silent = tile(["silent", "silent"], { view: "spokes" }, "silent");
  #failing = tile(["failing metric", "failing metrics"], { ...kNothingChosen, state: "failed" }, "failed");
  #dead = tile(["dead letter", "dead letters"], { view: "attention" });
  #tiles = [this.#projects, this.#reporting, this.#late, this.#silent, this.#failing, this.#dead];
  #refreshed = element("strong");
  #refreshNote = element("span", { class: "tile-label" });
  #fetchTime: number | undefined;

  constructor(onFollow: (address: string) => void) {
    for (const { link, change } of this.#tiles) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onFollow(addressWith(change));
      });
    }
    const title = element("span", { class: "tile-label" }, "last refresh");
    const refresh = element("div", { class: "tile refresh-tile" }, title, " ", this.#refreshed, " ", this.#refreshNote);
    byId("overview").replaceChildren(...this.#tiles.map(({ link }) => link), refresh);
  }

  show(overview: Overview): void {
    const { spokes, last_fetch, refresh_schedule_s } = overview;
    this.#projects.show(overview.projects);
    this.#reporting.show(spokes.reporting);
    this.#late.show(spokes.late);
    this.#silent.show(spokes.silent);
    this.#failing.show(overview.failing_metrics);
    this.#dead.show(overview.dead_letters);
    this.#fetchTime = last_fetch ? parseExtractionDate(last_fetch.date) : undefined;
    const parts: string[] = [];
    if (last_fetch) parts.push(`${last_fetch.answered} of ${last_fetch.spokes} answered`);
    if (refresh_schedule_s !== null) parts.push(`every ${formatInterval(refresh_schedule_s)}`);
    setText(this.#refreshNote, parts.join(" · "));
    const title = this.#fetchTime === undefined ? "" : `${formatSecond(new Date(this.#fetchTime))} UTC`;
    this.#refreshed.title = title;
    this.tick();
  }

  /** Brings age and links up to date. */
  tick(): void {
    const age = this.#fetchTime === undefined ? "never" : `${formatAge(Date.now() - this.#fetchTime)} ago`;
    setText(this.#refreshed, age);
    for (const { link, change } of this.#tiles) {
      const address = addressWith(change); // what else is chosen stays
      if (link.getAttribute("href") !== address) link.setAttribute("href", address);
    }
  }
}

interface Tile {
  link: HTMLAnchorElement;
  change: AddressChange;
  show(count: number): void;
}

function tile([one, many]: [string, string], change: AddressChange, state?: State): Tile {
  const number = element("strong", {}, "–");
  const glyph = state ? [stateGlyph(state)] : [];
  const label = element("span", { class: "tile-label" }, many);
  const link = element("a", { class: "tile", href: "" }, ...glyph, number, " ", label);
  return {
    link,
    change,
    show(count: number): void {
      setText(number, count.toLocaleString("en-US"));
      setText(label, count === 1 ? one : many);
      link.classList.toggle("is-zero", count === 0);
    },
  };
}
