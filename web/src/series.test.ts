import assert from "node:assert/strict";
import test from "node:test";
import type { LatestRecord } from "./api";
import { compareSeries, projectLabels, seriesKey } from "./series";

function record(project: string, account: string, environment = "dev", metric = "M"): LatestRecord {
  return {
    project_name: project,
    environment,
    account_id: account,
    metric_name: metric,
    extraction_date: "2026-11-23 12:00:00.000000",
    value: "1",
    number: 1,
    state: "fresh",
    expected_interval_s: null,
  };
}

test("series whose names only run together differently have different keys", () => {
  assert.notEqual(seriesKey(record('a","b', "")), seriesKey(record("a", 'b","')));
});

test("a project is labelled with its account only where that tells two series apart", () => {
  const shared = [record("churn", "1"), record("churn", "2"), record("fraud", "3")];
  const elsewhere = record("churn", "4", "prod");
  const labels = projectLabels([...shared, elsewhere]);
  assert.deepEqual(
    [...shared, elsewhere].map((series) => labels.get(seriesKey(series))),
    ["churn (1)", "churn (2)", "fraud", "churn"],
  );
});

test("a row without account is labelled so", () => {
  const rows = [record("churn", ""), record("churn", "2")];
  assert.deepEqual([...projectLabels(rows).values()], ["churn (no account)", "churn (2)"]);
});

test("series are ordered by project, environment and metric, numbers by value", () => {
  const rows = [
    record("p10", "1"),
    record("p9", "1", "prod", "A"),
    record("p9", "1", "dev", "B"),
    record("p9", "1", "dev", "A"),
  ].sort(compareSeries);
  assert.deepEqual(
    rows.map((row) => [row.project_name, row.environment, row.metric_name].join(" ")),
    ["p9 dev A", "p9 dev B", "p9 prod A", "p10 dev M"],
  );
});
