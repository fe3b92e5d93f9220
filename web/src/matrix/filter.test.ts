import assert from "node:assert/strict";
import test from "node:test";
import { select } from "./filter";
import { buildFleet } from "./fleet";
import { type Filters, readSettings } from "./settings";
import { record } from "./test_fleet";

const none = readSettings(new URLSearchParams()).filters;
const fleet = buildFleet({
  records: [
    record("churn prod 111 Auc"),
    record("churn dev 222 Jobs", { state: "failed", reason: "Denied by policy" }),
    record("fraud prod 333 Jobs", { state: "late" }),
    record("fraud prod 333 Auc"),
  ],
  reports: [],
});

function selected(change: Partial<Filters>, metrics: string[] = []): string {
  const { spokes, columns } = select(fleet, metrics, { ...none, ...change });
  const rows = spokes.map(({ project, environment }) => `${project} ${environment}`);
  return `${rows.join(", ")}: ${columns.map((column) => fleet.metrics[column]).join(" ")}`;
}

test("without filters everything is there, in the order that was chosen", () => {
  assert.equal(selected({}), "churn prod, churn dev, fraud prod: Auc Jobs");
  assert.equal(selected({}, ["Jobs", "Auc", "Gone", "Jobs"]), "churn prod, churn dev, fraud prod: Jobs Auc");
});

test("names are taken whole, and one of each kind has to fit", () => {
  assert.equal(selected({ project: ["churn"] }), "churn prod, churn dev: Auc Jobs");
  assert.equal(selected({ project: ["chur"] }), ": ");
  assert.equal(selected({ environment: ["prod"], account: ["333", "222"] }), "fraud prod: Auc Jobs");
});

test("a state keeps the rows and columns that have it", () => {
  assert.equal(selected({ state: ["failed"] }), "churn dev: Jobs");
  assert.equal(selected({ state: ["failed", "late"] }), "churn dev, fraud prod: Jobs");
  assert.equal(selected({ state: ["not_configured"] }), "churn prod, churn dev: Auc Jobs");
});

test("the state of a metric that is not shown does not count", () => {
  assert.equal(selected({ state: ["failed"] }, ["Auc"]), ": ");
});

test("every word has to be found in one series' names or reason, in any case", () => {
  assert.equal(selected({ text: "FRAUD" }), "fraud prod: Auc Jobs");
  assert.equal(selected({ text: "jobs" }), "churn dev, fraud prod: Jobs");
  assert.equal(selected({ text: "  jobs churn " }), "churn dev: Jobs");
  assert.equal(selected({ text: "policy" }), "churn dev: Jobs");
  assert.equal(selected({ text: "auc policy" }), ": ");
  assert.equal(selected({ text: "33" }), "fraud prod: Auc Jobs");
});
