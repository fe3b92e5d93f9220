import assert from "node:assert/strict";
import test from "node:test";
import { formatTick, formatValue, valueRange, valueStep, valueTicks } from "./value_axis";

function ticks(min: number, max: number, isWhole: boolean): string[] {
  const [low, high] = valueRange(min, max);
  return valueTicks(low, high, valueStep(low, high, isWhole)).map(formatTick);
}

test("no value and no zero lies on the edge of the plot", () => {
  for (const [min, max] of [
    [0, 0],
    [0, 1],
    [3, 3],
    [-7, -2],
    [-5, 5],
    [1e37, 9.9e37],
    [-1e125, 1e125],
    [1e-130, 1e-130],
  ] as const) {
    const [low, high] = valueRange(min, max);
    const margin = (high - low) / 20;
    assert.ok(low + margin < Math.min(min, 0), `${min} to ${max}: from ${low}`);
    assert.ok(Math.max(max, 0) < high - margin, `${min} to ${max}: to ${high}`);
  }
});

test("a count has whole ticks, of which none is below zero", () => {
  assert.deepEqual(ticks(0, 0, true), ["0", "1"]);
  assert.deepEqual(ticks(0, 4, true), ["0", "1", "2", "3", "4"]);
  assert.deepEqual(ticks(0, 1234, true), ["0", "250", "500", "750", "1,000", "1,250"]);
});

test("negative and fractional values have ticks on both sides of zero", () => {
  assert.deepEqual(ticks(-5, 5, true), ["-4", "-2", "0", "2", "4"]);
  assert.deepEqual(ticks(0.1, 0.3, false), ["0", "0.1", "0.2", "0.3"]);
  assert.deepEqual(ticks(-0.0003, -0.0001, false), ["-0.0003", "-0.0002", "-0.0001", "0"]);
});

test("huge and tiny values have at most seven ticks, written short", () => {
  assert.deepEqual(ticks(0, 1.2e37, true), ["0", "2.5e36", "5e36", "7.5e36", "1e37", "1.25e37"]);
  assert.deepEqual(ticks(0, 3e-13, false), ["0", "1e-13", "2e-13", "3e-13"]);
  for (let power = -130; power <= 125; power += 1) {
    const labels = ticks(0, Number(`7.3e${power}`), false);
    assert.ok(labels.length >= 2 && labels.length <= 7, labels.join(" "));
    assert.ok(labels.every((label) => label.length <= 11), labels.join(" "));
  }
});

test("a value under the cursor is plain as long as that is short", () => {
  assert.equal(formatValue(1234567.25), "1,234,567.25");
  assert.equal(formatValue(0.1 + 0.2), "0.3");
  assert.equal(formatValue(-0.000002), "-0.000002");
  assert.equal(formatValue(1.5e30), "1.5e30");
  assert.equal(formatValue(-2.5e-9), "-2.5e-9");
  assert.equal(formatValue(0), "0");
});
