import "./row_head.css";
import { element, setText } from "../dom";
import { stateGlyph, svg } from "../svg";
import { type State, stateText, worseState } from "../state";
import type { Spoke } from "./fleet";
import type { Row } from "./rows";

const kPlacesShown = 4;

/** The first cell of a row: what it stands for, and the button that opens a group. */
export class RowHead {
  #name = element("span", { class: "row-name" });
  #note = element("span", { class: "row-note" });
  #button = element(
    "button",
    { type: "button", class: "disclosure", tabindex: "-1" },
    svg("svg", { class: "chevron", viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("path", { d: "M4 2l4 4-4 4" })),
  );
  #drawn = "";
  readonly element = element("div", { role: "rowheader", "aria-colindex": "1", class: "row-head", tabindex: "-1" });

  constructor(onToggle: () => void) {
    this.#button.addEventListener("click", onToggle);
  }

  /** What takes the focus: the button where there is one. */
  get target(): HTMLElement {
    return this.#button.isConnected ? this.#button : this.element;
  }

  show(row: Row, columns: number[]): void {
    this.#button.setAttribute("aria-expanded", String(row.isOpen));
    const places = row.group === "project" ? placesOf(row, columns) : [];
    const drawn = JSON.stringify([row.key, row.within, row.group, row.spokes.length, places]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.element.className = `row-head level-${row.level}`;
    const [name, note] = titles(row);
    setText(this.#name, name);
    if (places.length > 0) this.#note.replaceChildren(...placeElements(places));
    else setText(this.#note, note);
    this.element.title = [name, note].filter(Boolean).join(" · ");
    if (row.group) this.#button.append(this.#name);
    const parts = row.group ? [this.#button, this.#note] : [this.#name, this.#note];
    if (this.element.firstChild !== parts[0]) this.element.replaceChildren(...parts);
  }
}

function titles({ group, within, spokes }: Row): [string, string] {
  const [first] = spokes;
  if (!first) return ["", ""];
  const project = first.project || "no project";
  if (group === "project") return [project, ""];
  if (group === "environment") return [first.environment, spokes.length === 1 ? "1 spoke" : `${spokes.length} spokes`];
  const account = first.account || "no account";
  if (within === "project") return [first.environment, account];
  if (within === "environment") return [project, account];
  return [project, `${first.environment} · ${account}`];
}

interface Place {
  environment: string;
  state: State;
}

/** A project's environments with the worst state of what is shown of each. */
function placesOf(row: Row, columns: number[]): Place[] {
  const places = new Map<string, State>();
  for (const spoke of row.spokes) {
    const known = places.get(spoke.environment) ?? "fresh";
    places.set(spoke.environment, worseState(known, spokeState(spoke, columns)));
  }
  return [...places].map(([environment, state]) => ({ environment, state }));
}

function spokeState(spoke: Spoke, columns: number[]): State {
  let worst: State = "fresh";
  for (const column of columns) {
    const record = spoke.records[column];
    if (record) worst = worseState(worst, record.state);
  }
  return worst;
}

function placeElements(places: Place[]): HTMLElement[] {
  const shown = places.slice(0, kPlacesShown).map(({ environment, state }) => {
    const said = element("span", { class: "unseen" }, ` ${stateText(state).toLowerCase()}`);
    return element("span", { class: "place" }, stateGlyph(state), element("span", { class: "place-name" }, environment), said);
  });
  const more = places.length - shown.length;
  return more > 0 ? [...shown, element("span", { class: "place" }, `+${more}`)] : shown;
}
