import assert from "node:assert/strict";
import test from "node:test";
import { buildFleet } from "./fleet";
import { latestCsv } from "./latest_csv";
import { record } from "./test_fleet";

const { spokes } = buildFleet({
  records: [
    record("churn prod 111 Auc", { value: "0.12345678901234567890" }),
    record("churn dev 222 Auc", { state: "failed", reason: "Denied, by policy", value: null, extraction_date: null }),
    record("churn dev 222 Jobs"),
  ],
  reports: [],
});
const head = "project_name,environment,account_id,metric_name,value,state,extraction_date,expected_interval_s,reason";

test("every selected series is a record with its exact value, in the order of the matrix", () => {
  assert.deepEqual(latestCsv({ spokes, columns: [1, 0] }).split("\r\n"), [
    head,
    "churn,prod,111,Auc,0.12345678901234567890,fresh,2026-11-23 12:00:00.000000,3600,",
    "churn,dev,222,Jobs,1,fresh,2026-11-23 12:00:00.000000,3600,",
    'churn,dev,222,Auc,,failed,,3600,"Denied, by policy"',
    "",
  ]);
});

test("what is not selected is not there", () => {
  assert.deepEqual(latestCsv({ spokes: [], columns: [0] }), `${head}\r\n`);
});
