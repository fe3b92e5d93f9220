import assert from "node:assert/strict";
import test from "node:test";
import { gapsBetween, pointAt, standsFor } from "./gaps";

test("a point stands for the expected interval, or for the usual distance if that is longer", () => {
  assert.equal(standsFor([0, 60, 120, 180], 3600), 3600);
  assert.equal(standsFor([0, 7200, 14_400, 90_000], 3600), 7200);
  assert.equal(standsFor([], 3600), 3600);
});

test("where nothing is due nothing is missing", () => {
  assert.equal(standsFor([0, 1, 99_999], null), Infinity);
  assert.deepEqual(gapsBetween([0, 1, 99_999], Infinity, 1e9), []);
  assert.equal(pointAt([0, 1, 99_999], Infinity, 1e9), 2);
});

test("a gap begins when the next value was due, and ends with it", () => {
  const times = [0, 100, 200, 900, 1000];
  assert.deepEqual(gapsBetween(times, 100, 1050), [[300, 900]]);
});

test("one value that is late makes no gap", () => {
  assert.deepEqual(gapsBetween([0, 100, 400], 100, 700), []);
});

test("a series that fell silent ends in a gap", () => {
  assert.deepEqual(gapsBetween([0, 100], 100, 401), [[200, 401]]);
});

test("the point under the cursor is the last before it, and none in a gap", () => {
  const times = [0, 100, 900];
  const at = (time: number) => pointAt(times, 100, time);
  assert.deepEqual([-1, 0, 99, 100, 199, 200, 899, 900].map(at), [undefined, 0, 0, 1, 1, undefined, undefined, 2]);
  assert.equal(at(5000), undefined);
});
