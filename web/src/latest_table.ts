import "./latest_table.css";
import type { LatestRecord } from "./api";
import { element, setText } from "./dom";
import { compareSeries, projectLabels, seriesKey } from "./series";
import { formatAge, parseExtractionDate } from "./time";

const kColumns = ["ProjectName", "ExtractionDate", "Environment", "MetricName", "MetricValue", "Age"];

interface Row {
  element: HTMLTableRowElement;
  project: HTMLElement;
  date: HTMLTimeElement;
  value: HTMLElement;
  age: HTMLElement;
  time: number;
}

/** The table of latest values. Rows stay in place while their values change. */
export class LatestTable {
  #body = element("tbody", { role: "rowgroup" });
  #rows = new Map<string, Row>();

  constructor(place: HTMLElement) {
    // The roles are spelled out because the narrow layout (latest_table.css) would take them away.
    const heads = kColumns.map((name) =>
      element("th", { role: "columnheader", scope: "col", class: columnClass(name) }, name),
    );
    const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads));
    place.replaceChildren(
      element("table", { role: "table", class: "card latest", "aria-labelledby": "latest-title" }, head, this.#body),
      element("p", { class: "quiet" }, "Dates are UTC."),
    );
  }

  show(records: LatestRecord[]): void {
    const known = this.#rows;
    const labels = projectLabels(records);
    this.#rows = new Map();
    for (const record of [...records].sort(compareSeries)) {
      const key = seriesKey(record);
      const row = known.get(key) ?? createRow(record);
      update(row, record, labels.get(key) ?? record.project_name);
      this.#rows.set(key, row);
    }
    const elements = [...this.#rows.values()].map((row) => row.element);
    const inPlace =
      elements.length === this.#body.children.length &&
      elements.every((rowElement, index) => this.#body.children[index] === rowElement);
    if (!inPlace) this.#body.replaceChildren(...elements);
    this.tick();
  }

  /** Brings the ages up to date. */
  tick(): void {
    const now = Date.now();
    for (const row of this.#rows.values()) setText(row.age, formatAge(now - row.time));
  }
}

function columnClass(name: string): string {
  return `cell-${name.toLowerCase()}`;
}

function cell(name: string, ...children: (Node | string)[]): HTMLTableCellElement {
  return element("td", { role: "cell", class: columnClass(name) }, ...children);
}

function createRow(record: LatestRecord): Row {
  const project = cell("ProjectName");
  const date = element("time");
  const value = cell("MetricValue");
  const age = cell("Age");
  const row = element(
    "tr",
    { role: "row" },
    project,
    cell("ExtractionDate", date),
    cell("Environment", record.environment),
    cell("MetricName", record.metric_name),
    value,
    age,
  );
  return { element: row, project, date, value, age, time: 0 };
}

function update(row: Row, record: LatestRecord, project: string): void {
  const isNew = row.time === 0;
  const valueChanged = row.value.textContent !== record.value;
  row.time = parseExtractionDate(record.extraction_date);
  setText(row.project, project);
  row.date.dateTime = `${record.extraction_date.replace(" ", "T")}Z`;
  setText(row.date, record.extraction_date.slice(0, 19));
  setText(row.value, record.value);
  if (valueChanged && !isNew) flash(row.value);
}

/** Marks a value that has just changed (latest_table.css fades it out). */
function flash(target: HTMLElement): void {
  target.classList.remove("changed");
  void target.offsetWidth; // restarts the animation
  target.classList.add("changed");
}
