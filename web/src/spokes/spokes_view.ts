import "./spokes_view.css";
import type { Hub } from "../api";
import { element, setText } from "../dom";
import type { Spoke } from "./api";
import { Picture } from "./picture";
import { SpokeTable } from "./spoke_table";
import { badness } from "./words";

const kTickMs = 1000;

/** Hub and spokes: a picture of how they are connected, and a table of what is the matter with each. */
export class SpokesView {
  #table = new SpokeTable();
  #picture = new Picture((spoke) => this.#reveal(spoke));
  #summary = element("p", { class: "spokes-summary" });
  #problems = element("input", { type: "checkbox" });
  #chooser = element("label", { class: "spokes-chooser" }, this.#problems, " Only what needs something");
  #layout: HTMLElement;
  #spokes: Spoke[] = [];
  #shown = "";

  constructor(place: HTMLElement) {
    this.#layout = element(
      "div",
      { class: "spokes" },
      this.#picture.element,
      element(
        "div",
        { class: "spokes-side" },
        element("div", { class: "spokes-head" }, this.#summary, this.#chooser),
        this.#table.element,
      ),
    );
    place.replaceChildren(element("div", { class: "spokes-place" }, this.#layout));
    this.#problems.addEventListener("change", () => this.#showTable());
    setInterval(() => this.#table.tick(), kTickMs);
  }

  show(hub: Hub, spokes: Spoke[]): void {
    const shown = JSON.stringify([hub, spokes]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#spokes = spokes;
    this.#layout.classList.toggle("many", spokes.length > 24);
    this.#showTable();
    this.#picture.show(hub, spokes);
  }

  #showTable(): void {
    const problems = this.#spokes.filter((spoke) => badness(spoke) > 0);
    const shown = this.#problems.checked ? problems : this.#spokes;
    this.#table.show(shown);
    this.#table.element.hidden = shown.length === 0;
    this.#chooser.hidden = this.#spokes.length === 0;
    setText(this.#summary, summarize(this.#spokes.length, problems.length));
  }

  #reveal(spoke: Spoke): void {
    if (badness(spoke) === 0 && this.#problems.checked) {
      this.#problems.checked = false;
      this.#showTable();
    }
    this.#table.reveal(spoke);
  }
}

function summarize(spokes: number, problems: number): string {
  if (spokes === 0) return "No spoke is registered with this hub.";
  const all = `${spokes} ${spokes === 1 ? "spoke" : "spokes"}`;
  return problems === 0 ? `${all}, all well.` : `${all}; ${problems} ${problems === 1 ? "needs" : "need"} something.`;
}
