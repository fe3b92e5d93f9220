import assert from "node:assert/strict";
import test from "node:test";
import { formatAge, formatInterval, formatSecond, parseExtractionDate, timeAxisLabels } from "./time";

const noon = Date.UTC(2026, 10, 23, 12);

test("an ExtractionDate is UTC", () => {
  assert.equal(parseExtractionDate("2026-11-23 12:00:00.000000"), noon);
  assert.equal(parseExtractionDate("2026-11-23 12:00:00.123999"), noon + 123);
  assert.equal(parseExtractionDate("2026-11-23 12:00:00"), noon);
});

test("an age is given in its largest whole unit", () => {
  const ages = [0, 59_999, 60_000, 3_599_999, 3_600_000, 86_399_999, 86_400_000, 400 * 86_400_000];
  assert.deepEqual(ages.map(formatAge), ["0 s", "59 s", "1 min", "59 min", "1 h", "23 h", "1 d", "400 d"]);
});

test("a date ahead of our clock has no negative age", () => {
  assert.equal(formatAge(-5000), "0 s");
});

test("a second is written as an ExtractionDate without its fraction", () => {
  assert.equal(formatSecond(new Date(noon + 999)), "2026-11-23 12:00:00");
});

test("axis labels name the day only where it changes", () => {
  const midnight = Date.UTC(2026, 10, 24) / 1000;
  assert.deepEqual(timeAxisLabels([midnight - 7200, midnight - 3600, midnight], 3600), [
    "22:00\n2026-11-23",
    "23:00",
    "00:00\n2026-11-24",
  ]);
  assert.deepEqual(timeAxisLabels([midnight, midnight + 5], 5), ["00:00:00\n2026-11-24", "00:00:05"]);
  assert.deepEqual(timeAxisLabels([midnight], 86_400), ["11-24\n2026"]);
  assert.deepEqual(timeAxisLabels([], 1), []);
});

test("an interval is written in its largest unit", () => {
  assert.deepEqual([30, 900, 5400, 86_400].map(formatInterval), ["30 s", "15 min", "1.5 h", "1 d"]);
  assert.deepEqual([3604, 3590, 893, 86_300, 4000].map(formatInterval), ["1 h", "1 h", "15 min", "1 d", "1.1 h"]);
});
