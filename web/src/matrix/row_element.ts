import { element } from "../dom";
import { CellElement } from "./cell_element";
import { Recycler } from "./recycler";
import { RowHead } from "./row_head";
import type { Row } from "./rows";

/** One row of the matrix: its head, and the cells of the columns in sight. */
export class RowElement {
  row: Row | undefined;
  readonly element = element("div", { role: "row" });
  readonly head: RowHead;
  readonly cells: Recycler<CellElement>;

  constructor(onToggle: (row: Row) => void) {
    this.head = new RowHead(() => this.row && onToggle(this.row));
    this.element.append(this.head.element);
    this.cells = new Recycler(this.element, 1, () => new CellElement());
  }

  show(row: Row, index: number, top: number, columns: number[]): void {
    this.row = row;
    this.element.className = `row level-${row.level}${row.group ? " group" : ""}${index % 2 ? " odd" : ""}`;
    this.element.style.transform = `translateY(${top}px)`;
    this.element.setAttribute("aria-rowindex", String(index + 2));
    this.element.setAttribute("aria-level", String(row.level));
    if (row.group) this.element.setAttribute("aria-expanded", String(row.isOpen));
    else this.element.removeAttribute("aria-expanded");
    this.head.show(row, columns);
  }
}
