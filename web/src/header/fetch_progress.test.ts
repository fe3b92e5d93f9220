import assert from "node:assert/strict";
import test from "node:test";
import { describeProgress } from "./fetch_progress";

function spoke(project_name: string) {
  return { project_name, environment: "dev", account_id: "1" };
}

const progress = { fetch_id: "f", date: "", spokes: 6, answered: 1, slowest: null, complete: false };

test("the slowest and those that are waited for are named", () => {
  const slowest = { ...spoke("churn"), seconds: 1.26 };
  const waiting_for = ["a", "b", "c", "d", "e"].map(spoke);
  assert.equal(
    describeProgress({ ...progress, slowest, waiting_for }),
    "1 of 6 spokes answered · slowest churn dev, 1.3 s · waiting for a dev, b dev, c dev and 2 more",
  );
});

test("when all have answered nobody is waited for", () => {
  const done = { ...progress, answered: 6, waiting_for: [], complete: true };
  assert.equal(describeProgress(done), "6 of 6 spokes answered");
});
