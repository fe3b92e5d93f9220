import "./cell.css";
import { element, setText } from "../dom";
import { seriesKey } from "../series";
import { type State, stateShape } from "../state";
import { svg } from "../svg";
import { ageText } from "./cell_text";
import { type CellView, cellTitle } from "./cell_view";

export const kSparkWidth = 58;
export const kSparkHeight = 15;
const kSparkMargin = 2; // half of the line's width, and air

/** One cell of the matrix; it shows one series after the other as the matrix is scrolled. */
export class CellElement {
  #value = element("span", { class: "cell-value" });
  #where = element("span", { class: "cell-where" });
  #changes = element("span", { class: "cell-changes" });
  #state = element("span", { class: "cell-state-text" });
  #age = element("span", { class: "cell-age" });
  #glyph = svg("path");
  #spark = svg("path");
  #view: CellView | undefined;
  #metric = "";
  #class = "";
  #shape = "";
  #path = "";
  readonly element = element(
    "div",
    { role: "gridcell", tabindex: "-1" },
    element("div", { class: "cell-line" }, this.#value, this.#where),
    this.#changes,
    element("div", { class: "cell-state" }, svgBox("glyph", 12, 12, 0, this.#glyph), this.#state, this.#age),
    svgBox("spark", kSparkWidth, kSparkHeight, kSparkMargin, this.#spark),
  );

  get view(): CellView | undefined {
    return this.#view;
  }

  /** `heat` is a step of HeatScale, or -1 for none. */
  show(view: CellView, metric: string, path: string, heat: number, now: number): void {
    const before = this.#view?.record;
    this.#view = view;
    this.#setClass(view, heat);
    setText(this.#value, view.value);
    setText(this.#where, view.where);
    setText(this.#changes, view.reason || changesText(view));
    setText(this.#state, view.stateLine);
    this.#setShape(view.state);
    if (path !== this.#path) this.#spark.setAttribute("d", (this.#path = path));
    this.#metric = metric;
    this.tick(now);
    if (!before || !view.record || seriesKey(before) !== seriesKey(view.record)) {
      this.element.classList.remove("changed");
      this.element.removeAttribute("title");
      return;
    }
    if (before.value !== view.record.value) flash(this.element);
    if (this.element.title !== "") this.explain(now);
  }

  /** Says everything exactly in the tooltip; called when it is about to be seen. */
  explain(now: number): void {
    if (this.#view) this.element.title = cellTitle(this.#view, this.#metric, now);
  }

  /** Brings the age up to date. */
  tick(now: number): void {
    const record = this.#view?.told;
    setText(this.#age, record ? ageText(record, now) : "");
  }

  place(column: number, left: number): void {
    this.element.setAttribute("aria-colindex", String(column + 2));
    this.element.style.left = `${left}px`;
  }

  #setClass({ state, record, value, isElsewhere }: CellView, heat: number): void {
    const parts = ["cell", `is-${state}`];
    if (record && record.value === null) parts.push("has-no-value");
    if (isElsewhere) parts.push("is-elsewhere");
    if (value === "") parts.push("is-empty");
    if (heat >= 0) parts.push(`heat-${heat}`);
    const name = parts.join(" ");
    if (name !== this.#class) this.element.className = this.#class = name;
  }

  #setShape(state: State): void {
    const shape = stateShape(state);
    if (shape !== this.#shape) this.#glyph.setAttribute("d", (this.#shape = shape));
  }
}

function changesText({ day, week }: CellView): string {
  return [day && `24 h ${day}`, week && `7 d ${week}`].filter(Boolean).join("  ");
}

/** Marks a value that has just changed (cell.css fades it out). */
function flash(target: HTMLElement): void {
  target.classList.remove("changed");
  void target.offsetWidth; // restarts the animation
  target.classList.add("changed");
}

function svgBox(name: string, width: number, height: number, margin: number, path: SVGElement): SVGElement {
  const box = [-margin, -margin, width + 2 * margin, height + 2 * margin].join(" ");
  return svg("svg", { class: name, viewBox: box, "aria-hidden": "true" }, path);
}
