import assert from "node:assert/strict";
import test from "node:test";
import { sparklinePath } from "./sparkline";

test("each day is a step from the lowest value at the bottom to the highest at the top", () => {
  assert.equal(sparklinePath([1, 3, 2], 30, 20), "M0 20H10V0H20V10H30");
});

test("a day without a value is a gap", () => {
  assert.equal(sparklinePath([1, null, 2], 30, 20), "M0 20H10M20 0H30");
});

test("a constant lies in the middle, and nothing is nothing", () => {
  assert.equal(sparklinePath([0, 0], 20, 10), "M0 5H10V5H20");
  assert.equal(sparklinePath([null, null], 20, 10), "");
  assert.equal(sparklinePath([null, 3], 20, 10), "");
  assert.equal(sparklinePath([], 20, 10), "");
});
