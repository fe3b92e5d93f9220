import type { LatestRecord } from "./api";

type SeriesName = Pick<LatestRecord, "project_name" | "environment" | "account_id" | "metric_name">;

/** Tells one series from every other. */
export function seriesKey(record: SeriesName): string {
  return JSON.stringify([
    record.metric_name,
    record.project_name,
    record.environment,
    record.account_id,
  ]);
}

const order = new Intl.Collator("en", { numeric: true });

/** Alphabetical, numbers by value: p9 before p10. */
export function compareNames(a: string, b: string): number {
  return order.compare(a, b);
}

/** The order of the page: project, environment, metric, account. */
export function compareSeries(a: SeriesName, b: SeriesName): number {
  return (
    compareNames(a.project_name, b.project_name) ||
    compareNames(a.environment, b.environment) ||
    compareNames(a.metric_name, b.metric_name) ||
    compareNames(a.account_id, b.account_id)
  );
}

/**
 * What to call each series' project, by series key: its name, with the account behind it where a
 * project has the metric from several accounts of one environment.
 */
export function projectLabels(records: LatestRecord[]): Map<string, string> {
  const place = (record: LatestRecord) => seriesKey({ ...record, account_id: "" });
  const accounts = new Map<string, number>();
  for (const record of records) accounts.set(place(record), (accounts.get(place(record)) ?? 0) + 1);
  return new Map(
    records.map((record) => {
      const isShared = (accounts.get(place(record)) ?? 0) > 1;
      const label = isShared
        ? `${record.project_name} (${record.account_id || "no account"})`
        : record.project_name;
      return [seriesKey(record), label];
    }),
  );
}
