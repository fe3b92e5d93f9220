import assert from "node:assert/strict";
import test from "node:test";
import { ageText, formatChange, shortValue } from "./cell_text";
import { record } from "./test_fleet";

test("a value is exact while there is room", () => {
  const values = ["0", "1234567", "0.75", "-0.0625", "12345678.25"];
  assert.deepEqual(
    values.map((value) => shortValue(record("p e 1 M", { value, number: Number(value) }))),
    ["0", "1,234,567", "0.75", "-0.0625", "12,345,678"],
  );
});

test("a long value is rounded, and never wider than its column", () => {
  const values = ["0.123456789012345678901234567890", "-12345678901234567890123456789012345678", "1e-30", "999999999999"];
  for (const value of values) {
    const text = shortValue(record("p e 1 M", { value, number: Number(value) }));
    assert.ok(text.length <= 12, text);
    assert.ok(Math.abs(Number(text.replaceAll(",", "")) / Number(value) - 1) < 1e-3, text);
  }
});

test("zero and no value do not look alike", () => {
  assert.equal(shortValue(record("p e 1 M", { value: "0", number: 0 })), "0");
  assert.equal(shortValue(record("p e 1 M", { value: null })), "–");
});

test("a change has a sign, and is empty when there is nothing to compare", () => {
  assert.deepEqual([formatChange(5, 2), formatChange(2, 5), formatChange(2, 2)], ["+3", "−3", "±0"]);
  assert.deepEqual([formatChange(0.3, 0.1), formatChange(1e6, 1)], ["+0.2", "+1,000,000"]);
  assert.deepEqual([formatChange(null, 2), formatChange(2, null), formatChange(2, undefined)], ["", "", ""]);
});

test("an age stands beside the interval in which a value is expected", () => {
  const noon = Date.UTC(2026, 10, 23, 12);
  assert.equal(ageText(record("p e 1 M"), noon + 12 * 60_000), "12 min · every 1 h");
  assert.equal(ageText(record("p e 1 M", { expected_interval_s: null }), noon), "0 s");
  assert.equal(ageText(record("p e 1 M", { extraction_date: null, expected_interval_s: 5400 }), noon), "every 1.5 h");
});
