import assert from "node:assert/strict";
import test from "node:test";
import type { LatestRecord } from "../api";
import { chosenOverlays, comparable, formatOverlays, kOverlaysMax, overlayName } from "./overlay";

function record(project: string, environment: string, account = "1", metric = "Runs"): LatestRecord {
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

const own = record("churn", "prod");
const records = [
  record("fraud", "prod"),
  record("churn", "int"),
  own,
  record("churn", "dev"),
  record("churn", "dev", "1", "Endpoints"),
];
const candidates = comparable(own, records);

test("the same metric is compared, the project's own environments first", () => {
  assert.deepEqual(candidates.map(overlayName), ["churn/dev/1", "churn/int/1", "fraud/prod/1"]);
});

test("without a choice the project's other environments are drawn", () => {
  assert.deepEqual(chosenOverlays(own, candidates, null).map(overlayName), ["churn/dev/1", "churn/int/1"]);
});

test("a choice is what its own text says, none and the usual one too", () => {
  for (const chosen of [[], candidates.slice(0, 2), candidates.slice(1), candidates]) {
    assert.deepEqual(chosenOverlays(own, candidates, formatOverlays(own, candidates, chosen)), chosen);
  }
  assert.equal(formatOverlays(own, candidates, candidates.slice(0, 2)), null);
  assert.equal(formatOverlays(own, candidates, []), "");
});

test("names with commas and slashes stay apart", () => {
  const odd = [record("a,b", "c"), record("a", "b/c"), record("a/b", "c")];
  const text = formatOverlays(own, odd, odd.slice(0, 2));
  assert.deepEqual(chosenOverlays(own, odd, text), odd.slice(0, 2));
});

test("no more series are drawn than there are colours", () => {
  const many = Array.from({ length: 20 }, (_, index) => record("churn", "dev", String(index)));
  assert.equal(chosenOverlays(own, many, null).length, kOverlaysMax);
  assert.equal(chosenOverlays(own, many, many.map(overlayName).join(",")).length, kOverlaysMax);
});

test("a series that never had a value is not offered", () => {
  const empty = { ...record("churn", "int"), number: null } as unknown as LatestRecord;
  assert.deepEqual(comparable(own, [own, empty]), []);
});
