import type { LatestRecord, Report } from "../api";
import { element, setText } from "../dom";
import { formatAge, parseExtractionDate } from "../time";
import { readMetric } from "./api";
import { stateMark } from "./state_mark";

/** What is known of a series beside its history: value, state, age, what is expected, and why it failed. */
export class Facts {
  readonly element = element("div", { class: "facts" });
  #list = element("dl");
  #age = element("dd");
  #due = element("dd");
  #reason = element("p", { class: "reason" });
  #about = element("p", { class: "quiet about" });
  #series: LatestRecord | undefined;

  constructor() {
    this.element.append(this.#list, this.#reason, this.#about);
  }

  show(series: LatestRecord, report: Report | undefined): void {
    if (series.metric_name !== this.#series?.metric_name) void this.#describe(series.metric_name);
    this.#series = series;
    const facts: [string, HTMLElement][] = [
      ["Value", element("dd", { class: "fact-value" }, series.value ?? "none yet")],
      ["State", element("dd", {}, stateMark(series.state))],
      ["Age", this.#age],
      ["Expected every", element("dd", {}, describeInterval(series.expected_interval_s))],
      ["Next value", this.#due],
      ["Extracted", element("dd", {}, series.extraction_date ? `${series.extraction_date} UTC` : "never")],
    ];
    if (report) facts.push(["Newest report", element("dd", {}, describeReport(report))]);
    this.#list.replaceChildren(
      ...facts.map(([name, value]) => element("div", {}, element("dt", {}, name), value)),
    );
    const reason = series.state === "failed" ? (series.reason ?? "The newest report gives no reason.") : "";
    setText(this.#reason, reason);
    this.#reason.hidden = reason === "";
    this.tick();
  }

  /** Brings the age up to date. */
  tick(): void {
    const date = this.#series?.extraction_date;
    const interval = this.#series?.expected_interval_s ?? null;
    const ageMs = date ? Date.now() - parseExtractionDate(date) : undefined;
    setText(this.#age, ageMs === undefined ? "–" : formatAge(ageMs));
    setText(this.#due, ageMs === undefined || interval === null ? "–" : describeDue(interval * 1000 - ageMs));
  }

  async #describe(name: string): Promise<void> {
    setText(this.#about, "");
    const metric = await readMetric(name).catch(() => undefined);
    if (!metric || name !== this.#series?.metric_name) return;
    const unit = metric.unit && metric.unit !== "None" ? ` Unit: ${metric.unit}.` : "";
    setText(this.#about, `${metric.description}${unit}`);
  }
}

function describeInterval(seconds: number | null): string {
  if (seconds === null) return "not known";
  const whole = formatAge(seconds * 1000);
  const isWhole = [86_400, 3600, 60, 1].find((unit) => seconds >= unit);
  return isWhole !== undefined && seconds % isWhole === 0 ? whole : `about ${whole}`;
}

function describeDue(ms: number): string {
  return ms >= 0 ? `in ${formatAge(ms)}` : `overdue by ${formatAge(-ms)}`;
}

function describeReport(report: Report): string {
  const failed = report.failures.length;
  const took = `${report.metrics.length} metrics in ${formatDuration(report.duration_ms)}`;
  return `${report.date.slice(0, 19)} UTC, ${took}${failed > 0 ? `, ${failed} failed` : ""}`;
}

/** "250 ms", "1.2 s", "3 min". */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : formatAge(ms);
}
