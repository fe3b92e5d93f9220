import assert from "node:assert/strict";
import test from "node:test";
import { buildFleet } from "./fleet";
import { HeatScale, kHeatSteps } from "./heat";
import { record } from "./test_fleet";

function stepsOf(numbers: number[]): number[] {
  const records = numbers.map((number, index) => record(`p e ${index} M`, { number }));
  const scale = new HeatScale(buildFleet({ records, reports: [] }));
  return numbers.map((number) => scale.step(0, number));
}

test("the lowest value has the first step and the highest the last", () => {
  const steps = stepsOf(Array.from({ length: 70 }, (_, index) => index));
  assert.deepEqual([steps[0], steps[69]], [0, kHeatSteps - 1]);
  assert.equal(steps.filter((step) => step === 3).length, 10);
});

test("an outlier does not pale the others", () => {
  assert.deepEqual(stepsOf([1, 2, 3, 4, 5, 6, 1e9]), [0, 1, 2, 3, 4, 5, 6]);
});

test("equal values have equal steps", () => {
  assert.deepEqual(stepsOf([0, 0, 0, 0]), [0, 0, 0, 0]);
});
