import { csv } from "../csv";
import type { Selection } from "./filter";

const kColumns = [
  "project_name", "environment", "account_id", "metric_name", "value", "state", "extraction_date",
  "expected_interval_s", "reason",
] as const;

/** The newest value of every selected series, one a record; dates are UTC. */
export function latestCsv({ spokes, columns }: Selection): string {
  const records = spokes.flatMap((spoke) => columns.flatMap((column) => spoke.records[column] ?? []));
  return csv([kColumns, ...records.map((record) => kColumns.map((name) => String(record[name] ?? "")))]);
}
