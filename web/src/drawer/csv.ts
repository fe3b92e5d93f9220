/** What a drawer downloads, as text. */

import type { LatestRecord } from "../api";
import { csv } from "../csv";
import type { Bands, Sample } from "./api";
import type { Span } from "./range";

const kSeriesColumns = ["project_name", "environment", "account_id", "metric_name"] as const;

/** Every sample with its exact value, one a record. */
export function samplesCsv(series: LatestRecord, samples: readonly Sample[]): string {
  const columns = ["extraction_date", "original_extraction_date", "value", "event_id", "delivery_delay_s", "metadata"];
  const rows = samples.map((sample) => [
    ...kSeriesColumns.map((column) => series[column]),
    sample.extraction_date,
    sample.original_extraction_date ?? "",
    sample.value,
    sample.event_id,
    String(sample.delivery_delay_s ?? ""),
    JSON.stringify(sample.metadata),
  ]);
  return csv([[...kSeriesColumns, ...columns], ...rows]);
}

/** The points as they are drawn; `time` is UTC. */
export function pointsCsv(series: LatestRecord, bands: Bands): string {
  const columns = ["time", "min", "mean", "max", "last", "count"] as const;
  const rows = bands.time.map((time, index) => [
    ...kSeriesColumns.map((column) => series[column]),
    new Date(time * 1000).toISOString(),
    ...columns.slice(1).map((column) => String(bands[column][index] ?? "")),
  ]);
  return csv([[...kSeriesColumns, ...columns], ...rows]);
}

/** The points of the span alone: what was read from before it is there to begin a line. */
export function pointsWithin(bands: Bands, span: Span): Bands {
  const first = bands.time.findIndex((time) => time >= span.from);
  const end = bands.time.findLastIndex((time) => time < span.to) + 1;
  const cut = (column: number[]) => (first < 0 ? [] : column.slice(first, end));
  return {
    time: cut(bands.time),
    min: cut(bands.min),
    max: cut(bands.max),
    mean: cut(bands.mean),
    last: cut(bands.last),
    count: cut(bands.count),
    raw: bands.raw,
  };
}

/** "churn_prod_222222222222_Runs_2026-11-01_2026-11-30.csv": safe in any file system. */
export function fileName(series: LatestRecord, span: Span, ending: string): string {
  const names = [series.project_name, series.environment, series.account_id, series.metric_name];
  const days = [span.from, span.to].map((time) => new Date(time * 1000).toISOString().slice(0, 10));
  const parts = [...names, ...days].map((name) => name.replaceAll(/[^\w.-]+/g, "-").replace(/^\.+/, "").slice(0, 60));
  return `${parts.filter((part) => part !== "").join("_")}${ending}`;
}
