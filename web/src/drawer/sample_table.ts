import type { LatestRecord } from "../api";
import { element, setText } from "../dom";
import { readSamples, type Sample } from "./api";
import { formatDuration } from "./facts";
import type { Span } from "./range";

const kPage = 50;
const kColumns = ["Date (UTC)", "Value", "Delay", "Event id", "Metadata"];

/** The samples of a span as they came, newest first, a page at a time. */
export class SampleTable {
  readonly element: HTMLElement;
  #body = element("tbody", { role: "rowgroup" });
  #note = element("p", { class: "quiet", role: "status" });
  #more = element("button", { type: "button", class: "plain" }, "More samples");
  #query: { hub: string; series: LatestRecord; span: Span } | undefined;
  #oldest: string | undefined;
  #count = 0;
  #reading = 0;

  constructor() {
    // The roles are spelled out because the narrow layout (drawer.css) would take them away.
    const heads = kColumns.map((name) => element("th", { role: "columnheader", scope: "col" }, name));
    const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads));
    this.element = element(
      "div",
      { class: "samples" },
      element(
        "div",
        { class: "samples-scroll", tabindex: "0", role: "region", "aria-label": "Table of samples" },
        element("table", { role: "table" }, head, this.#body),
      ),
      this.#note,
      this.#more,
    );
    this.#more.hidden = true;
    this.#more.addEventListener("click", () => void this.#read(this.#oldest));
  }

  /** Only the first page is there: a newer sample may take its place. */
  get isAtStart(): boolean {
    return this.#count <= kPage;
  }

  async show(hub: string, series: LatestRecord, span: Span): Promise<void> {
    this.#query = { hub, series, span };
    await this.#read(undefined);
  }

  async #read(before: string | undefined): Promise<void> {
    if (!this.#query) return;
    const reading = ++this.#reading;
    const { hub, series, span } = this.#query;
    try {
      const { samples, more } = await readSamples(hub, series, span, kPage, before);
      if (reading !== this.#reading) return;
      if (before === undefined) this.#body.replaceChildren();
      this.#count = this.#body.rows.length + samples.length;
      this.#body.append(...samples.map(row));
      this.#oldest = samples.at(-1)?.extraction_date;
      this.#more.hidden = !more;
      setText(this.#note, describeCount(this.#count, more));
    } catch (error) {
      if (reading !== this.#reading) return;
      setText(this.#note, `The samples could not be read: ${error instanceof Error ? error.message : error}`);
    }
  }
}

function describeCount(count: number, more: boolean): string {
  if (count === 0) return "No sample in this stretch of time.";
  return more ? `The newest ${count} samples of this stretch of time.` : `All ${count} samples of this stretch of time.`;
}

function row(sample: Sample): HTMLTableRowElement {
  const date = cell("sample-date", sample.extraction_date);
  const original = sample.original_extraction_date;
  if (original && original !== sample.extraction_date) {
    date.append(element("span", { class: "quiet" }, ` sent as ${original}`));
  }
  const delay = sample.delivery_delay_s;
  return element(
    "tr",
    { role: "row" },
    date,
    cell("sample-value", sample.value),
    cell("sample-delay", delay === null ? "–" : formatDuration(delay * 1000)),
    cell("sample-event", element("code", {}, sample.event_id)),
    cell("sample-metadata", describeMetadata(sample.metadata)),
  );
}

function cell(name: string, content: Node | string): HTMLTableCellElement {
  return element("td", { role: "cell", class: name }, content);
}

function describeMetadata(metadata: Record<string, unknown>): string {
  return Object.entries(metadata)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
}
