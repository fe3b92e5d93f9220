/** What a drawer reads: a series' history as it is to be drawn, and its samples as they came. */

import { type LatestRecord, readJson } from "../api";
import type { Span } from "./range";

/** Columns of equal length; a point is one record, or the records of one stretch of time. */
export interface Bands {
  /** Seconds since the epoch, rising. */
  time: number[];
  min: number[];
  max: number[];
  mean: number[];
  last: number[];
  count: number[];
  /** Every point is one record. */
  raw: boolean;
}

export interface Sample {
  extraction_date: string;
  original_extraction_date: string | null;
  /** The exact decimal. */
  value: string;
  number: number;
  event_id: string;
  /** From the extraction until the hub had it; null where that is not known. */
  delivery_delay_s: number | null;
  metadata: Record<string, unknown>;
}

export interface Samples {
  /** Newest first. */
  samples: Sample[];
  more: boolean;
}

export interface Metric {
  name: string;
  description: string;
  unit: string;
}

export async function readBands(hub: string, series: LatestRecord, span: Span, points: number): Promise<Bands> {
  const bands = await readJson<Omit<Bands, "raw"> & { raw?: boolean }>("history", {
    ...parameters(hub, series),
    from: isoDate(span.from),
    to: isoDate(span.to),
    points: String(points),
  });
  return { ...bands, raw: bands.raw ?? bands.count.every((count) => count === 1) };
}

/** The newest `limit` samples of the span; of those before `before` (an extraction date), if given. */
export function readSamples(
  hub: string,
  series: LatestRecord,
  span: Span,
  limit: number,
  before?: string,
): Promise<Samples> {
  return readJson<Samples>("samples", {
    ...parameters(hub, series),
    from: isoDate(span.from),
    to: before === undefined ? isoDate(span.to) : `${before.replace(" ", "T")}Z`,
    limit: String(limit),
  });
}

/** What the catalogue says of a metric; nothing of one that it does not know. */
export async function readMetric(name: string): Promise<Metric | undefined> {
  const { metrics } = await readJson<{ metrics: Metric[] }>("metrics", {});
  return metrics.find((metric) => metric.name === name);
}

function parameters(hub: string, series: LatestRecord): Record<string, string> {
  return {
    hub,
    metric: series.metric_name,
    project: series.project_name,
    environment: series.environment,
    account: series.account_id,
  };
}

function isoDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
