import "./history_section.css";
import type { LatestRecord } from "./api";
import { readAddress, writeAddress } from "./address";
import { byId, element } from "./dom";
import { HistoryCache, type Range } from "./history_cache";
import { lineStyle, onThemeChange } from "./palette";
import { type Line, Plot } from "./plot";
import { compareSeries, projectLabels, seriesKey } from "./series";

const kHourMs = 3_600_000;
const kRanges: Range[] = [
  { id: "1h", label: "1 h", ms: kHourMs },
  { id: "24h", label: "24 h", ms: 24 * kHourMs },
  { id: "7d", label: "7 d", ms: 7 * 24 * kHourMs },
  { id: "30d", label: "30 d", ms: 30 * 24 * kHourMs },
  { id: "1y", label: "1 y", ms: 365 * 24 * kHourMs },
];
const kDefaultRange = "30d";
const kLinesAtFirst = 8;

/** One plot for each environment of the chosen metric, a line for each project in it. */
export class HistorySection {
  #place = byId("plots");
  #metrics = element("select", { id: "metric" });
  #plots = new Map<string, Plot>();
  #switched = new Map<string, boolean>();
  #cache = new HistoryCache("");
  #hub = "";
  #records: LatestRecord[] = [];
  #drawing = 0;

  constructor(private readonly onError: (error: unknown) => void) {
    byId("history-controls").replaceChildren(
      element("label", { for: "metric" }, "Metric"),
      this.#metrics,
      this.#rangeChooser(),
    );
    this.#metrics.addEventListener("change", () => this.#choose({ metric: this.#metrics.value }));
    onThemeChange(() => void this.#redraw());
  }

  async show(hub: string, records: LatestRecord[]): Promise<void> {
    if (hub !== this.#hub) {
      this.#hub = hub;
      this.#cache = new HistoryCache(hub);
      this.#switched.clear();
    }
    this.#records = records;
    this.#offerMetrics();
    await this.#draw();
  }

  #choose(choice: { metric: string } | { range: string }): void {
    writeAddress(choice);
    void this.#redraw();
  }

  async #redraw(): Promise<void> {
    await this.#draw().catch(this.onError);
  }

  #offerMetrics(): void {
    const names = [...new Set(this.#records.map((record) => record.metric_name))].sort();
    const offered = [...this.#metrics.options].map((option) => option.value);
    if (JSON.stringify(names) === JSON.stringify(offered)) return;
    const wanted = readAddress().metric ?? this.#metrics.value;
    this.#metrics.replaceChildren(...names.map((name) => new Option(name, name)));
    if (names.includes(wanted)) this.#metrics.value = wanted;
  }

  async #draw(): Promise<void> {
    const drawing = ++this.#drawing;
    const metric = this.#metrics.value;
    const range = chosenRange();
    const records = this.#records.filter((record) => record.metric_name === metric).sort(compareSeries);
    const lines = await this.#readLines(records, range);
    if (drawing !== this.#drawing) return; // something else was chosen meanwhile

    const environments = [...new Set(records.map((record) => record.environment))].sort();
    this.#arrange(environments);
    for (const environment of environments) {
      const own = lines.filter((_, index) => records[index]?.environment === environment);
      this.#plots.get(environment)?.show(metric, own, Date.now() - range.ms);
    }
  }

  async #readLines(records: LatestRecord[], range: Range): Promise<Line[]> {
    const labels = projectLabels(records);
    const label = (record: LatestRecord) => labels.get(seriesKey(record)) ?? record.project_name;
    // A project has one colour in all plots.
    const order = [...new Set(records.map(label))];
    const read = async (record: LatestRecord): Promise<Line> => {
      const key = seriesKey(record);
      const index = order.indexOf(label(record));
      const isOn = this.#switched.get(key) ?? index < kLinesAtFirst;
      return {
        key,
        label: label(record),
        style: lineStyle(index),
        history: isOn ? await this.#cache.read(record, range) : undefined,
        value: record.value,
      };
    };
    return Promise.all(records.map(read));
  }

  #arrange(environments: string[]): void {
    for (const [environment, plot] of this.#plots) {
      if (environments.includes(environment)) continue;
      plot.destroy();
      this.#plots.delete(environment);
    }
    for (const environment of environments) {
      if (!this.#plots.has(environment)) this.#plots.set(environment, this.#createPlot(environment));
    }
    const wanted = environments.flatMap((environment) => this.#plots.get(environment)?.element ?? []);
    const inPlace = wanted.every((plot, index) => this.#place.children[index] === plot);
    if (!inPlace) this.#place.replaceChildren(...wanted);
  }

  #createPlot(environment: string): Plot {
    return new Plot(environment, (key, isOn) => {
      this.#switched.set(key, isOn);
      void this.#redraw();
    });
  }

  #rangeChooser(): HTMLElement {
    const chosen = chosenRange();
    const choices = kRanges.map((range) => {
      const input = element("input", { type: "radio", name: "range", value: range.id });
      input.checked = range === chosen;
      input.addEventListener("change", () => this.#choose({ range: range.id }));
      return element("label", {}, input, element("span", {}, range.label));
    });
    return element("fieldset", { class: "ranges" }, element("legend", {}, "Time range"), ...choices);
  }
}

function chosenRange(): Range {
  const wanted = readAddress().range ?? kDefaultRange;
  const range = kRanges.find(({ id }) => id === wanted) ?? kRanges.find(({ id }) => id === kDefaultRange);
  if (!range) throw new Error("no default range");
  return range;
}
