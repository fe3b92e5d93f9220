import "./head_row.css";
import { element, setText } from "../dom";
import { svg } from "../svg";
import { Recycler } from "./recycler";

export interface Column {
  name: string;
  description: string;
  unit: string;
}

type Direction = "ascending" | "descending" | "none";

const kArrows: Record<Direction, string> = {
  ascending: "M6 2l4 5H2z",
  descending: "M6 10l4-5H2z",
  none: "M6 1l3 4H3zM6 11l3-4H3z",
};

/** The sticky row of column names; a click on one sorts by it. */
export class HeadRow {
  readonly element = element("div", { role: "row", class: "head-row", "aria-rowindex": "1" });
  readonly corner: HeadCell;
  readonly cells: Recycler<HeadCell>;

  constructor(onSort: (column: string) => void) {
    this.corner = new HeadCell(onSort);
    this.corner.element.setAttribute("aria-colindex", "1");
    this.corner.element.classList.add("corner");
    this.element.append(this.corner.element);
    this.cells = new Recycler(this.element, 1, () => new HeadCell(onSort));
  }
}

export class HeadCell {
  #name = element("span", { class: "head-name" });
  #unit = element("span", { class: "head-unit" });
  #arrow = svg("path");
  #column = "";
  readonly target = element(
    "button",
    { type: "button", tabindex: "-1" },
    this.#name,
    svg("svg", { class: "arrow", viewBox: "0 0 12 12", "aria-hidden": "true" }, this.#arrow),
  );
  readonly element = element("div", { role: "columnheader", class: "head-cell" }, this.target, this.#unit);

  constructor(onSort: (column: string) => void) {
    this.target.addEventListener("click", () => onSort(this.#column));
  }

  /** `key` is what onSort gets. */
  show(key: string, { name, description, unit }: Column, direction: Direction): void {
    this.#column = key;
    if (this.#name.textContent !== name) this.#name.replaceChildren(...breakable(name));
    setText(this.#unit, unit);
    this.element.title = description;
    this.element.setAttribute("aria-sort", direction);
    this.#arrow.setAttribute("d", kArrows[direction]);
  }

  place(column: number, left: number): void {
    this.element.setAttribute("aria-colindex", String(column + 2));
    this.element.style.left = `${left}px`;
  }
}

/** "CompletedTrainingJobs24h" may break before each capital. */
function breakable(name: string): (string | Node)[] {
  return name.split(/(?<=[a-z0-9])(?=[A-Z])/).flatMap((part, index) => (index ? [element("wbr"), part] : [part]));
}
