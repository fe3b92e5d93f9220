import "./drawer.css";
import { readAddress, writeAddress } from "../address";
import type { Latest, LatestRecord, Report } from "../api";
import { element, setText } from "../dom";
import { lineStyle } from "../palette";
import { projectLabels, seriesKey } from "../series";
import type { Bands } from "./api";
import { BandCache } from "./band_cache";
import { Compare } from "./compare";
import { Controls } from "./controls";
import { pointsWithin } from "./csv";
import { Downloads } from "./download";
import { Facts } from "./facts";
import { standsFor } from "./gaps";
import { Legend, type LegendEntry } from "./legend";
import { chosenOverlays, comparable, formatOverlays, kOverlaysMax } from "./overlay";
import { HistoryPlot } from "./plot";
import { enclosing, formatRange, moved, parseRange, type Range, type Span, spanOf, zoomed } from "./range";
import { SampleTable } from "./sample_table";

export interface DrawerContext {
  /** The hub's account id. */
  hub: string;
  latest: Latest;
}

let opened: Drawer | undefined;
/** The next drawer begins with what the last one showed. */
let lastRange: string | null = null;
let lastLog: string | null = null;
const closedListeners: (() => void)[] = [];

/**
 * Shows everything about one series beside the page, instead of any other that is open. The keys `range`,
 * `log` and `overlay` of the page's address are the drawer's while it is open; if they are there already it
 * opens as they say. Escape closes it, and the focus returns.
 */
export function openDrawer(context: DrawerContext, series: LatestRecord): void {
  if (opened?.isAbout(context, series)) return opened.update(context.latest);
  opened?.dispose(); // the address is the new one's already
  opened = new Drawer(context, series);
}

/** Brings the open drawer, if any, up to date with newer values of its hub. */
export function updateDrawer(latest: Latest): void {
  opened?.update(latest);
}

export function closeDrawer(): void {
  opened?.close();
}

/** Calls back whenever a drawer has been closed, by whom ever; not when another series took its place. */
export function onDrawerClosed(callback: () => void): void {
  closedListeners.push(callback);
}

class Drawer {
  #dialog = element("dialog", { class: "drawer", "aria-labelledby": "drawer-title" });
  #facts = new Facts();
  #controls = new Controls({
    onRange: (range) => this.#choose(range),
    onSpan: (span) => this.#chooseSpan(span),
    onZoom: (factor) => this.#zoom(factor, (this.#span.from + this.#span.to) / 2),
    onMove: (fraction) => this.#choose(moved(this.#span, fraction, nowS())),
    onReset: () => this.#choose(this.#unzoomed),
    onLog: (isLog) => {
      this.#isLog = isLog;
      this.#keep();
    },
  });
  #plot = new HistoryPlot({
    onBrush: (span) => this.#chooseSpan(span),
    onZoom: (factor, at) => this.#zoom(factor, at),
    onReset: () => this.#choose(this.#unzoomed),
    onCursor: (time) => this.#legend.at(time),
  });
  #legend = new Legend((record, isOn) => this.#overlay(record, isOn));
  #compare = new Compare((record) => this.#overlay(record, true));
  #samples = new SampleTable();
  #downloads = new Downloads(() => {
    if (!this.#shown) return undefined;
    const bands = pointsWithin(this.#shown, this.#span);
    return { hub: this.#hub, series: this.#series, span: this.#span, bands };
  });
  #note = element("p", { class: "quiet plot-note", role: "status" });
  #hub: string;
  #latest: Latest;
  #series: LatestRecord;
  #candidates: LatestRecord[];
  #overlays: LatestRecord[];
  #chosen: Range | Span;
  /** Nobody has chosen a range: a history that began lately is shown from its beginning. */
  #fitsHistory: boolean;
  /** What a reset of the zoom leads back to. */
  #unzoomed: Range;
  #span: Span;
  #isLog: boolean;
  /** The series' own history as it is drawn. */
  #shown: Bands | undefined;
  #bands: BandCache;
  #drawing = 0;
  #clock: ReturnType<typeof setInterval>;

  constructor({ hub, latest }: DrawerContext, series: LatestRecord) {
    const address = readAddress();
    this.#hub = hub;
    this.#latest = latest;
    this.#series = series;
    this.#candidates = comparable(series, latest.records);
    this.#overlays = chosenOverlays(series, this.#candidates, address.get("overlay"));
    this.#chosen = parseRange(address.get("range") ?? lastRange);
    this.#fitsHistory = address.get("range") === null && lastRange === null;
    this.#unzoomed = "id" in this.#chosen ? this.#chosen : enclosing(this.#chosen, nowS());
    if (address.get("range") !== null) lastRange = formatRange(this.#unzoomed);
    this.#span = spanOf(this.#chosen, nowS());
    this.#isLog = (address.get("log") ?? lastLog) === "1";
    this.#bands = new BandCache(hub);
    this.#build();
    this.#clock = setInterval(() => this.#facts.tick(), 1000);
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#facts.show(series, this.#report());
    this.#keep();
    void this.#samples.show(hub, series, this.#span);
  }

  isAbout(context: DrawerContext, series: LatestRecord): boolean {
    return context.hub === this.#hub && seriesKey(series) === seriesKey(this.#series);
  }

  update(latest: Latest): void {
    if (latest === this.#latest || latest.hub.account_id !== this.#hub) return;
    const before = this.#standing();
    const overlaid = this.#overlays.map(seriesKey);
    this.#latest = latest;
    const own = latest.records.find((record) => seriesKey(record) === seriesKey(this.#series));
    this.#series = own ?? { ...this.#series, state: "not_configured" };
    this.#candidates = comparable(this.#series, latest.records);
    this.#overlays = this.#candidates.filter((record) => overlaid.includes(seriesKey(record)));
    this.#facts.show(this.#series, this.#report());
    if (this.#standing() === before) return;
    if ("id" in this.#chosen) {
      this.#span = spanOf(this.#chosen, nowS());
      if (this.#samples.isAtStart) void this.#samples.show(this.#hub, this.#series, this.#span);
    }
    void this.#draw();
  }

  /** Takes the drawer away, and leaves the address as it is. */
  dispose(): void {
    opened = undefined;
    clearInterval(this.#clock);
    this.#dialog.close(); // gives the focus back
    this.#plot.destroy();
    this.#dialog.remove();
  }

  close(): void {
    if (opened !== this) return;
    this.dispose();
    writeAddress({ range: null, log: null, overlay: null });
    for (const callback of closedListeners) callback();
  }

  #build(): void {
    const { project_name, environment, account_id, metric_name } = this.#series;
    const title = element("h2", { id: "drawer-title", tabindex: "-1", autofocus: "" }, metric_name);
    const where = [project_name, environment, account_id && `account ${account_id}`].filter(Boolean).join(" · ");
    const close = element("button", { type: "button", class: "close", "aria-label": "Close" }, "✕");
    close.addEventListener("click", () => this.close());
    const history = [this.#plot.element, this.#note, this.#legend.element, this.#compare.element];
    const samplesTitle = element("h3", { id: "samples-title" }, "Samples");
    this.#dialog.append(
      element("header", {}, element("div", {}, title, element("p", { class: "quiet" }, where)), close),
      this.#facts.element,
      element(
        "section",
        { "aria-label": "History" },
        this.#controls.element,
        element("div", { class: "card history-card" }, ...history),
      ),
      element(
        "section",
        { "aria-labelledby": "samples-title" },
        element("div", { class: "samples-head" }, samplesTitle, this.#downloads.element),
        this.#samples.element,
      ),
    );
    const help = `History of ${metric_name}; arrow keys walk along it, + and - zoom`;
    this.#plot.element.setAttribute("aria-label", help);
    this.#dialog.addEventListener("close", () => this.close());
    this.#dialog.addEventListener("click", (event) => {
      const isBeside = event.target === this.#dialog && event.clientX < this.#dialog.getBoundingClientRect().left;
      if (isBeside) this.close();
    });
  }

  #choose(chosen: Range | Span): void {
    this.#fitsHistory = false;
    lastRange = formatRange("id" in chosen ? chosen : this.#unzoomed);
    this.#show(chosen);
  }

  #chooseSpan(span: Span): void {
    this.#choose(zoomed(span, 1, span.from, nowS()));
  }

  #show(chosen: Range | Span): void {
    this.#chosen = chosen;
    if ("id" in chosen) this.#unzoomed = chosen;
    this.#span = spanOf(chosen, nowS());
    this.#keep();
    void this.#samples.show(this.#hub, this.#series, this.#span);
  }

  #zoom(factor: number, at: number): void {
    this.#choose(zoomed(this.#span, factor, at, nowS()));
  }

  #overlay(record: LatestRecord, isOn: boolean): void {
    const key = seriesKey(record);
    const others = this.#overlays.filter((other) => seriesKey(other) !== key);
    this.#overlays = isOn ? [...others, record].slice(0, kOverlaysMax) : others;
    this.#keep();
  }

  /** Writes what was chosen into the address, and draws it. */
  #keep(): void {
    const overlay = formatOverlays(this.#series, this.#candidates, this.#overlays);
    lastLog = this.#isLog ? "1" : null;
    writeAddress({ range: formatRange(this.#chosen), log: lastLog, overlay });
    this.#controls.show(this.#chosen, this.#span, this.#isLog);
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const drawing = ++this.#drawing;
    const span = this.#span;
    const points = Math.max(200, Math.min(1000, this.#plot.element.clientWidth || 500));
    this.#plot.element.setAttribute("aria-busy", "true");
    try {
      const entries = await Promise.all(this.#plan().map((planned) => this.#readLine(planned, span, points)));
      if (drawing !== this.#drawing || opened !== this) return;
      if (this.#fitsHistory && this.#fit(entries)) return;
      this.#shown = entries[0]?.line?.bands;
      this.#plot.show(entries.flatMap(({ line }) => line ?? []), span, this.#isLog);
      this.#legend.show(entries, span);
      this.#offerOthers();
      setText(this.#note, describe(this.#shown, span));
    } catch (error) {
      if (drawing !== this.#drawing) return;
      setText(this.#note, `The history could not be read: ${error instanceof Error ? error.message : error}`);
    } finally {
      if (drawing === this.#drawing) this.#plot.element.removeAttribute("aria-busy");
    }
  }

  /** Shows the shortest range that holds the whole history, if it is shorter than what is shown. */
  #fit(entries: readonly LegendEntry[]): boolean {
    this.#fitsHistory = false;
    const oldest = Math.min(...entries.flatMap(({ line }) => line?.bands.time[0] ?? []));
    if (!Number.isFinite(oldest)) return false;
    const range = enclosing({ from: oldest, to: nowS() }, nowS());
    if (range.seconds >= this.#span.to - this.#span.from) return false;
    this.#show(range);
    return true;
  }

  /** The series, the project's other environments (drawn or not), and what was chosen beside them. */
  #plan(): { entry: LegendEntry; isOn: boolean }[] {
    const overlaid = new Set(this.#overlays.map(seriesKey));
    const isOn = (record: LatestRecord) => overlaid.has(seriesKey(record));
    const isOwn = (record: LatestRecord) => record.project_name === this.#series.project_name;
    const listed = [this.#series, ...this.#candidates.filter((record) => isOwn(record) || isOn(record))];
    const labels = projectLabels([this.#series, ...this.#candidates]);
    return listed.map((record, index) => {
      const label = `${labels.get(seriesKey(record)) ?? record.project_name} · ${record.environment}`;
      const entry = { record, label, style: lineStyle(index), line: undefined };
      return { entry, isOn: index === 0 || isOn(record) };
    });
  }

  async #readLine(plan: { entry: LegendEntry; isOn: boolean }, span: Span, points: number): Promise<LegendEntry> {
    const { entry } = plan;
    if (!plan.isOn || entry.record.number === null) return entry;
    const { expected_interval_s } = entry.record;
    // From a little before, for the value that stands when the span begins.
    const lead = Math.min(1.5 * (expected_interval_s ?? 0), span.to - span.from);
    const bands = await this.#bands.read(entry.record, { from: span.from - lead, to: span.to }, points);
    const standsS = standsFor(bands.time, expected_interval_s);
    return { ...entry, line: { key: seriesKey(entry.record), label: entry.label, style: entry.style, bands, standsS } };
  }

  #offerOthers(): void {
    const overlaid = new Set(this.#overlays.map(seriesKey));
    const others = this.#candidates.filter(
      (record) => record.project_name !== this.#series.project_name && !overlaid.has(seriesKey(record)),
    );
    this.#compare.show(others, this.#overlays.length >= kOverlaysMax);
  }

  #report(): Report | undefined {
    return this.#latest.reports.find(
      (report) =>
        report.account_id === this.#series.account_id &&
        report.project_name === this.#series.project_name &&
        report.environment === this.#series.environment,
    );
  }

  /** How everything that the legend names stands. */
  #standing(): string {
    return this.#plan().map(({ entry: { record } }) => [record.extraction_date, record.state]).join();
  }
}

function describe(bands: Bands | undefined, span: Span): string {
  const shown = bands?.time.some((time) => time >= span.from && time < span.to);
  if (!bands || !shown) return "No sample in this stretch of time.";
  if (bands.raw) return "Every sample is drawn. Drag over the plot to zoom in.";
  return "Averages, in the band from least to greatest value of each step. Drag over the plot to zoom in.";
}

function nowS(): number {
  return Date.now() / 1000;
}
