import "./matrix.css";
import type { LatestRecord, Trend } from "../api";
import { element } from "../dom";
import type { CellElement } from "./cell_element";
import { kSparkHeight, kSparkWidth } from "./cell_element";
import { cellView, type TrendOf } from "./cell_view";
import { type Column, HeadRow } from "./head_row";
import { HeatScale } from "./heat";
import { moved, type Position } from "./position";
import { Recycler } from "./recycler";
import { RowElement } from "./row_element";
import type { Row } from "./rows";
import type { Settings } from "./settings";
import { sparklinePath } from "./sparkline";

/** All that is shown at a time. */
export interface MatrixContent {
  rows: Row[];
  /** Indices into `metrics`. */
  columns: number[];
  /** By Fleet.metrics. */
  metrics: Column[];
  settings: Settings;
  heat: HeatScale;
  trendOf: TrendOf;
}

export interface MatrixActions {
  openSeries(record: LatestRecord): void;
  toggleGroup(row: Row): void;
  sortBy(metric: string): void;
  /** Called when scrolling rests. */
  rowsInSight(rows: Row[]): void;
}

// Pixels; matrix.css takes them from here.
const kSizes = {
  full: { row: 64, column: 204, head: 56 },
  heat: { row: 30, column: 104, head: 88 },
};
const kRowsAround = 2;
const kRestMs = 120;

/** The grid of latest values. Only the rows and columns in sight have elements. */
export class Matrix {
  #scroller = element("div", { role: "treegrid", class: "matrix", "aria-label": "Latest values" });
  #canvas = element("div", { class: "matrix-canvas", role: "presentation" });
  #body = element("div", { class: "matrix-body", role: "rowgroup" });
  #head: HeadRow;
  #rows: Recycler<RowElement>;
  #content: MatrixContent | undefined;
  #size = kSizes.full;
  #active: Position = { row: -1, column: -1 };
  #marked: HTMLElement | undefined;
  #columnRange = "";
  #frame = 0;
  #owesRefill = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(
    place: HTMLElement,
    private readonly actions: MatrixActions,
  ) {
    this.#head = new HeadRow((metric) => actions.sortBy(metric));
    this.#rows = new Recycler(this.#body, 0, () => new RowElement((row) => actions.toggleGroup(row)));
    const head = element("div", { class: "matrix-head", role: "rowgroup" }, this.#head.element);
    this.#canvas.append(head, this.#body);
    this.#scroller.append(this.#canvas);
    place.replaceChildren(this.#scroller);
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#scroller.addEventListener("keydown", (event) => this.#pressed(event));
    for (const event of ["pointerover", "focusin"] as const) {
      this.#scroller.addEventListener(event, ({ target }) => this.#explain(target as Element));
    }
    this.#scroller.addEventListener("click", (event) => this.#clicked(event));
    new ResizeObserver(() => this.#render(false)).observe(this.#scroller);
  }

  show(content: MatrixContent): void {
    const active = this.#rowKey(this.#active.row);
    const hadFocus = this.#scroller.contains(document.activeElement);
    this.#content = content;
    this.#resize(content);
    const row = content.rows.findIndex(({ key }) => key === active);
    this.#active = { row, column: Math.min(this.#active.column, content.columns.length - 1) };
    this.#render(true);
    if (hadFocus && !this.#scroller.contains(document.activeElement)) this.#target(this.#active)?.focus({ preventScroll: true });
  }

  /** Draws again what is in sight: trends have come. */
  refresh(): void {
    this.#render(true);
  }

  /** Brings the ages up to date. */
  tick(): void {
    const now = Date.now();
    for (const [, row] of this.#rows.all()) for (const [, cell] of row.cells.all()) cell.tick(now);
  }

  #resize({ rows, columns, settings }: MatrixContent): void {
    this.#size = settings.heat ? kSizes.heat : kSizes.full;
    const { row, column, head } = this.#size;
    const { style } = this.#scroller;
    style.setProperty("--row", `${row}px`);
    style.setProperty("--column", `${column}px`);
    style.setProperty("--head", `${head}px`);
    style.setProperty("--columns", `${columns.length * column}px`);
    style.setProperty("--rows", `${rows.length * row}px`);
    this.#scroller.classList.toggle("heat", settings.heat);
    this.#scroller.setAttribute("aria-rowcount", String(rows.length + 1));
    this.#scroller.setAttribute("aria-colcount", String(columns.length + 1));
  }

  #scrolled(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#render(false));
  }

  #render(wantsRefill: boolean): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#owesRefill ||= wantsRefill;
    const content = this.#content;
    if (!content || this.#scroller.clientHeight === 0) return; // until it is seen
    const refill = this.#owesRefill;
    this.#owesRefill = false;
    const columns = this.#columnsInSight(content);
    const range = columns.join();
    const withColumns = refill || range !== this.#columnRange;
    this.#columnRange = range;
    if (withColumns) this.#renderHead(content, columns, refill);
    const now = Date.now();
    const entered = new Set<number>();
    const rows = this.#rowsInSight(content);
    this.#rows.arrange(rows, refill, (part, index) => {
      const row = content.rows[index];
      if (row) part.show(row, index, index * this.#size.row, content.columns);
      entered.add(index);
    });
    for (const [index, part] of this.#rows.all()) {
      const isNew = entered.has(index);
      if (isNew || withColumns) this.#renderCells(part, columns, isNew, now);
    }
    this.#mark();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#rested(rows), kRestMs);
  }

  #renderHead({ columns, metrics, settings }: MatrixContent, inSight: number[], refill: boolean): void {
    const { sort, descending, group } = settings;
    const direction = descending ? "descending" : "ascending";
    const name = { project: "Project", environment: "Environment", none: "Spoke" }[group];
    this.#head.corner.show("", { name, description: "", unit: "" }, sort === "" ? direction : "none");
    this.#head.cells.arrange(inSight, refill, (part, index) => {
      const metric = metrics[columns[index] ?? -1];
      if (!metric) return;
      part.show(metric.name, metric, sort === metric.name ? direction : "none");
      part.place(index, index * this.#size.column);
    });
  }

  #renderCells(part: RowElement, columns: number[], refill: boolean, now: number): void {
    const { row } = part;
    if (!row) return;
    part.cells.arrange(columns, refill, (cell, index) => this.#fill(cell, row, index, now));
  }

  #fill(cell: CellElement, row: Row, index: number, now: number): void {
    const { columns, metrics, settings, heat, trendOf } = this.#content!;
    const metric = columns[index] ?? -1;
    const view = cellView(row, metric, trendOf);
    cell.place(index, index * this.#size.column);
    const number = view.record?.number ?? null;
    const isInOrder = view.record?.state === "fresh";
    const step = settings.heat && isInOrder && number !== null ? heat.step(metric, number) : -1;
    const trend = settings.heat || !view.record ? undefined : trendOf(view.record);
    const path = trend ? sparklineOf(trend) : "";
    cell.show(view, metrics[metric]?.name ?? "", path, step, now);
  }

  #rowsInSight({ rows }: MatrixContent): number[] {
    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.floor(scrollTop / this.#size.row) - kRowsAround;
    const last = Math.ceil((scrollTop + clientHeight - this.#size.head) / this.#size.row) + kRowsAround;
    return range(first, last, rows.length, this.#active.row);
  }

  #columnsInSight({ columns }: MatrixContent): number[] {
    const { scrollLeft, clientWidth } = this.#scroller;
    const width = clientWidth - this.#head.corner.element.offsetWidth;
    const first = Math.floor(scrollLeft / this.#size.column);
    const last = Math.ceil((scrollLeft + width) / this.#size.column);
    return range(first, last, columns.length, this.#active.column);
  }

  #rested(rows: number[]): void {
    const content = this.#content;
    if (content) this.actions.rowsInSight(rows.flatMap((index) => content.rows[index] ?? []));
  }

  #pressed(event: KeyboardEvent): void {
    const content = this.#content;
    if (!content || event.altKey || event.metaKey) return;
    const row = content.rows[this.#active.row];
    if (this.#active.column === -1 && row?.group) {
      const opens = event.key === "ArrowRight" && !row.isOpen;
      const closes = event.key === "ArrowLeft" && row.isOpen;
      if (opens || closes) {
        event.preventDefault();
        return this.actions.toggleGroup(row);
      }
    }
    if ((event.key === "Enter" || event.key === " ") && this.#active.column >= 0 && row) {
      event.preventDefault();
      return this.#open(this.#active);
    }
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / this.#size.row) - 2);
    const extent = { rows: content.rows.length, columns: content.columns.length, page };
    const target = moved(this.#active, event.key, event.ctrlKey, extent);
    if (!target) return;
    event.preventDefault();
    this.#focus(target);
  }

  #clicked(event: MouseEvent): void {
    const position = this.#positionOf(event.target as Element);
    if (!position) return;
    this.#focus(position);
    if (position.row >= 0 && position.column >= 0) this.#open(position);
  }

  #explain(target: Element): void {
    const position = this.#positionOf(target);
    if (position) this.#rows.get(position.row)?.cells.get(position.column)?.explain(Date.now());
  }

  #positionOf(target: Element): Position | undefined {
    const cell = target.closest("[aria-colindex]");
    const row = target.closest("[aria-rowindex]");
    if (!cell || !row) return undefined;
    return {
      row: Number(row.getAttribute("aria-rowindex")) - 2,
      column: Number(cell.getAttribute("aria-colindex")) - 2,
    };
  }

  #open({ row, column }: Position): void {
    const record = this.#rows.get(row)?.cells.get(column)?.view?.record;
    if (record) this.actions.openSeries(record);
  }

  #focus(position: Position): void {
    this.#active = position;
    this.#render(false);
    this.#target(position)?.focus({ preventScroll: true });
    this.#scrollTo(position);
  }

  #scrollTo({ row, column }: Position): void {
    const { row: height, column: width, head } = this.#size;
    const box = this.#scroller;
    if (row >= 0) {
      const room = box.clientHeight - head;
      box.scrollTop = Math.min(row * height, Math.max(box.scrollTop, (row + 1) * height - room));
    }
    if (column >= 0) {
      const room = box.clientWidth - this.#head.corner.element.offsetWidth;
      box.scrollLeft = Math.min(column * width, Math.max(box.scrollLeft, (column + 1) * width - room));
    }
  }

  /** The one cell that is reached by the tab key. */
  #mark(): void {
    const target = this.#target(this.#active);
    if (target === this.#marked) return;
    if (this.#marked) this.#marked.tabIndex = -1;
    if (target) target.tabIndex = 0;
    this.#marked = target;
  }

  #target({ row, column }: Position): HTMLElement | undefined {
    if (row < 0) return (column < 0 ? this.#head.corner : this.#head.cells.get(column))?.target;
    const part = this.#rows.get(row);
    return column < 0 ? part?.head.target : part?.cells.get(column)?.element;
  }

  #rowKey(index: number): string | undefined {
    return this.#content?.rows[index]?.key;
  }
}

const sparklines = new WeakMap<Trend, string>();

function sparklineOf(trend: Trend): string {
  const known = sparklines.get(trend);
  if (known !== undefined) return known;
  const path = sparklinePath(trend.last, kSparkWidth, kSparkHeight);
  sparklines.set(trend, path);
  return path;
}

/** From `first` to before `last` of `count`, and `pinned` wherever it is. */
function range(first: number, last: number, count: number, pinned: number): number[] {
  const from = Math.max(0, first);
  const to = Math.min(count, last);
  const indices = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  if (pinned < 0 || pinned >= count || (pinned >= from && pinned < to)) return indices;
  return pinned < from ? [pinned, ...indices] : [...indices, pinned];
}
