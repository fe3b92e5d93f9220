import type { LatestRecord } from "../api";

/** For tests: a record of "project environment account metric", fresh with the value 1 but for `change`. */
export function record(names: string, change: Partial<LatestRecord> = {}): LatestRecord {
  const [project_name = "", environment = "", account_id = "", metric_name = ""] = names.split(" ");
  const value = change.value === undefined ? String(change.number ?? 1) : change.value;
  return {
    project_name,
    environment,
    account_id,
    metric_name,
    state: "fresh",
    expected_interval_s: 3600,
    extraction_date: "2026-11-23 12:00:00.000000",
    number: value === null ? null : Number(value),
    ...change,
    value,
  };
}
