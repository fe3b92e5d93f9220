import assert from "node:assert/strict";
import test from "node:test";
import { buildFleet } from "./fleet";
import { record } from "./test_fleet";

test("spokes come by project, production first", () => {
  const names = ["p10 prod 1 A", "p9 dev 1 A", "p9 live 2 A", "p9 int 4 A", "p9 eu 3 A", "p9 prod 2 A", "p9 prod 1 A"];
  const { spokes } = buildFleet({ records: names.map((name) => record(name)), reports: [] });
  assert.deepEqual(
    spokes.map(({ project, environment, account }) => `${project} ${environment} ${account}`),
    ["p9 live 2", "p9 prod 1", "p9 prod 2", "p9 int 4", "p9 eu 3", "p9 dev 1", "p10 prod 1"],
  );
});

test("a spoke has a hole for each metric that it does not have", () => {
  const records = [record("churn prod 1 B"), record("fraud prod 1 A")];
  const { metrics, spokes } = buildFleet({ records, reports: [] });
  assert.deepEqual(metrics, ["A", "B"]);
  assert.deepEqual(spokes.map((spoke) => spoke.records), [[undefined, records[0]], [records[1], undefined]]);
});

test("a spoke that has reported and has no record yet is there", () => {
  const report = {
    project_name: "churn", environment: "dev", account_id: "1", date: "", metrics: [], failures: [], duration_ms: 1,
  };
  assert.deepEqual(buildFleet({ records: [], reports: [report] }).spokes.map(({ project }) => project), ["churn"]);
});
