import assert from "node:assert/strict";
import test from "node:test";
import type { LatestRecord } from "../api";
import { buildFleet } from "./fleet";
import { buildRows, cellOf, type Row, tally } from "./rows";
import { readSettings } from "./settings";
import { record } from "./test_fleet";

function rowsOf(records: LatestRecord[], address = "", sortMetric = -1): Row[] {
  return buildRows(buildFleet({ records, reports: [] }).spokes, sortMetric, readSettings(new URLSearchParams(address)));
}

function named(rows: Row[]): string[] {
  return rows.map(({ group, spokes }) => {
    const [spoke] = spokes;
    return group ? `[${spoke?.[group]}]` : `${spoke?.project} ${spoke?.environment}`;
  });
}

const records = [
  record("churn prod 1 A", { number: 5 }),
  record("churn dev 2 A", { number: 50 }),
  record("fraud prod 3 A", { number: 9 }),
  record("late prod 4 A", { value: null }),
];

test("a project is one row, which opens to its environments", () => {
  assert.deepEqual(named(rowsOf(records)), ["[churn]", "[fraud]", "[late]"]);
  assert.deepEqual(named(rowsOf(records, "open=churn")), ["[churn]", "churn prod", "churn dev", "[fraud]", "[late]"]);
});

test("environments open to their projects, and without groups each spoke is a row", () => {
  const grouped = named(rowsOf(records, "group=environment&open=*&closed=dev"));
  assert.deepEqual(grouped, ["[prod]", "churn prod", "fraud prod", "late prod", "[dev]"]);
  assert.deepEqual(named(rowsOf(records, "group=none")), ["churn prod", "churn dev", "fraud prod", "late prod"]);
});

test("rows are sorted by the value that they show; those without come last both ways", () => {
  assert.deepEqual(named(rowsOf(records, "", 0)), ["[churn]", "[fraud]", "[late]"]);
  assert.deepEqual(named(rowsOf(records, "order=desc", 0)), ["[fraud]", "[churn]", "[late]"]);
  assert.deepEqual(named(rowsOf(records, "group=none&order=desc", 0)), [
    "churn dev", "fraud prod", "churn prod", "late prod",
  ]);
});

test("a project shows production's value and its worst environment's state", () => {
  const [row] = rowsOf([record("p prod 1 A", { number: 7 }), record("p dev 2 A", { state: "silent" })]);
  assert.ok(row);
  const { lead, worst, state } = cellOf(row, 0);
  assert.deepEqual([lead?.number, worst?.environment, state], [7, "dev", "silent"]);
});

test("where production has no value, the next environment's is shown", () => {
  const [row] = rowsOf([record("p prod 1 A", { value: null, state: "failed" }), record("p dev 2 A", { number: 3 })]);
  assert.ok(row);
  const { lead, state } = cellOf(row, 0);
  assert.deepEqual([lead?.environment, state], ["dev", "failed"]);
});

test("a metric that only one environment has is not called not configured", () => {
  const [row] = rowsOf([record("p prod 1 A"), record("p dev 2 B")]);
  assert.ok(row);
  assert.deepEqual([cellOf(row, 0).state, cellOf(row, 1).state, cellOf(row, 2).state], ["fresh", "fresh", "not_configured"]);
});

test("an environment counts the states of its projects", () => {
  const [row] = rowsOf([...records, record("x prod 9 B"), record("late prod 4 A", { state: "late" })], "group=environment");
  assert.ok(row);
  assert.deepEqual([...tally(row, 0)].sort(), [["fresh", 2], ["late", 1], ["not_configured", 1]]);
});
