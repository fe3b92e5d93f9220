import type { LatestRecord } from "../api";
import { element, setText } from "../dom";
import type { LineStyle } from "../palette";
import { formatSecond } from "../time";
import { formatValue } from "../value_axis";
import { pointAt } from "./gaps";
import { drawn, type Line } from "./plot";
import type { Span } from "./range";
import { stateMark } from "./state_mark";

export interface LegendEntry {
  record: LatestRecord;
  label: string;
  style: LineStyle;
  /** Nothing while it is not drawn. */
  line: Line | undefined;
}

const kDigits = 5;
const kDigitsMax = 15; // all that a double tells

interface Row {
  entry: LegendEntry;
  cells: Record<"value" | "min" | "max" | "records", HTMLElement>;
}

/**
 * Names the lines of a plot, with the state of a series beside it that is not fresh, switches them, and says their
 * values: under the cursor, or of all that is shown.
 */
export class Legend {
  readonly element: HTMLElement;
  #when = element("th", { role: "columnheader", scope: "col", class: "legend-when" });
  #value = element("th", { role: "columnheader", scope: "col" });
  #body = element("tbody", { role: "rowgroup" });
  #rows: Row[] = [];
  #span: Span = { from: 0, to: 0 };

  constructor(private readonly onToggle: (record: LatestRecord, isOn: boolean) => void) {
    // The roles are spelled out because the narrow layout (drawer.css) would take them away.
    const heads = ["least", "greatest", "samples"].map((name) =>
      element("th", { role: "columnheader", scope: "col" }, name),
    );
    const head = element("tr", { role: "row" }, this.#when, this.#value, ...heads);
    this.element = element(
      "table",
      { role: "table", class: "legend-table", "aria-label": "Lines" },
      element("thead", { role: "rowgroup" }, head),
      this.#body,
    );
  }

  /** The first entry is the series itself, which cannot be switched off. */
  show(entries: LegendEntry[], span: Span): void {
    this.#span = span;
    const focused = this.#rows.findIndex(({ cells }) => cells.value.parentElement?.contains(document.activeElement));
    this.#rows = entries.map((entry) => ({ entry, cells: { value: cell(), min: cell(), max: cell(), records: cell() } }));
    this.#body.replaceChildren(...this.#rows.map((row, index) => this.#rowElement(row, index > 0)));
    if (focused >= 0) this.#body.rows[focused]?.querySelector("button")?.focus();
    this.at(undefined);
  }

  at(time: number | undefined): void {
    setText(this.#when, time === undefined ? "all that is shown" : `${formatSecond(new Date(time * 1000))} UTC`);
    setText(this.#value, time === undefined ? "newest" : "value");
    for (const { entry, cells } of this.#rows) {
      const text = time === undefined ? summary(entry, this.#span) : valuesAt(entry.line, time);
      for (const name of ["value", "min", "max", "records"] as const) setText(cells[name], text[name]);
    }
  }

  #rowElement({ entry, cells }: Row, isSwitched: boolean): HTMLElement {
    const swatch = element("span", { class: "swatch" });
    swatch.style.borderTop = `3px ${entry.style.dash.length ? "dashed" : "solid"} ${entry.style.colour}`;
    const name = isSwitched ? this.#switch(entry, swatch) : element("strong", {}, swatch, entry.label);
    const head = element("th", { role: "rowheader", scope: "row" }, name);
    if (isSwitched && entry.record.state !== "fresh") head.append(" ", stateMark(entry.record.state));
    const row = element("tr", { role: "row" }, head, ...Object.values(cells));
    row.classList.toggle("is-off", entry.line === undefined);
    return row;
  }

  #switch(entry: LegendEntry, swatch: HTMLElement): HTMLElement {
    const isOn = entry.line !== undefined;
    const button = element("button", { type: "button", "aria-pressed": String(isOn) }, swatch, entry.label);
    button.addEventListener("click", () => this.onToggle(entry.record, !isOn));
    return button;
  }
}

function cell(): HTMLElement {
  return element("td", { role: "cell" });
}

const kNothing = { value: "–", min: "–", max: "–", records: "–" };

function valuesAt(line: Line | undefined, time: number): typeof kNothing {
  const index = line && pointAt(line.bands.time, line.standsS, time);
  if (!line || index === undefined) return kNothing;
  const { min, max, count } = line.bands;
  const value = format(drawn(line.bands)[index]);
  return {
    value: line.bands.raw ? value : `⌀ ${value}`,
    min: format(min[index]),
    max: format(max[index]),
    records: format(count[index]),
  };
}

/** Short, but with every digit before the point; the exact values stand elsewhere. */
function format(value: number | null | undefined): string {
  if (typeof value !== "number") return "–";
  const whole = Math.floor(Math.log10(Math.abs(value) || 1)) + 1;
  return formatValue(Number(value.toPrecision(Math.min(Math.max(kDigits, whole), kDigitsMax))));
}

function summary({ record, line }: LegendEntry, span: Span): typeof kNothing {
  if (!line) return { ...kNothing, value: format(record.number) };
  const { time, min, max, last, count } = line.bands;
  const shown = time.flatMap((at, index) => (at >= span.from && at < span.to ? [index] : []));
  const newest = shown.at(-1);
  if (newest === undefined) return { ...kNothing, records: "0" };
  const pick = (column: number[]) => shown.map((index) => column[index] ?? NaN);
  return {
    value: format(last[newest]),
    min: format(Math.min(...pick(min))),
    max: format(Math.max(...pick(max))),
    records: formatValue(pick(count).reduce((sum, records) => sum + records, 0)),
  };
}
