import assert from "node:assert/strict";
import test from "node:test";
import { logAxis, logTicks } from "./log_axis";

function ticks(...values: number[]): number[] {
  return logTicks(logAxis(values));
}

test("positive values have powers of ten", () => {
  assert.equal(logAxis([1, 5000]).threshold, null);
  assert.deepEqual(ticks(1, 5000), [1, 10, 100, 1000]);
});

test("what spans less than two decades has ticks between", () => {
  assert.deepEqual(ticks(3, 40), [5, 10, 20, 50]);
  assert.ok(ticks(100, 104).length >= 3);
});

test("a zero lies on the axis, below the smallest value", () => {
  const axis = logAxis([0, 3, 2000]);
  assert.equal(axis.threshold, 1);
  assert.ok(axis.low < 0);
  assert.deepEqual(logTicks(axis), [0, 1, 10, 100, 1000]);
});

test("negative values have ticks of their own", () => {
  assert.deepEqual(ticks(-200, 0, 0.5), [-100, -10, -1, -0.1, 0, 0.1]);
});

test("nothing but zeros, and nothing at all, has an axis too", () => {
  assert.deepEqual(ticks(0, 0), [0, 1]);
  assert.deepEqual(ticks(), [0, 1]);
});

test("the largest and the smallest doubles have few ticks", () => {
  for (const values of [[1e-300, 1e300], [-1e125, 0, 1e125], [5e-324, 0], [1e-130, 1e-130]]) {
    const axis = logAxis(values);
    const found = logTicks(axis);
    assert.ok(found.length >= 1 && found.length <= 13, `${values}: ${found}`);
    assert.ok(found.every((tick) => tick >= axis.low && tick <= axis.high), `${values}: ${found}`);
  }
});
