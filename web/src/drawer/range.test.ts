import assert from "node:assert/strict";
import test from "node:test";
import { enclosing, formatRange, kLongestS, kRanges, kShortestS, moved, parseRange, spanOf, zoomed } from "./range";

const now = 1_800_000_000;

test("every range and every zoom is what its own text says", () => {
  for (const range of kRanges) assert.equal(parseRange(formatRange(range)), range);
  const zoom = { from: now - 500, to: now };
  assert.deepEqual(parseRange(formatRange(zoom)), zoom);
});

test("a text that says nothing is 30 days", () => {
  const hostile = ["", "2d", "5..", "..5", "9..5", "5..9", "-5..900", "1e3..2e9", "0..99999999999", "constructor"];
  for (const text of [null, ...hostile]) {
    assert.deepEqual(parseRange(text), { id: "30d", label: "30 d", seconds: 30 * 86_400 }, String(text));
  }
});

test("a range ends now, a zoom where it was zoomed to", () => {
  assert.deepEqual(spanOf(parseRange("1h"), now), { from: now - 3600, to: now });
  assert.deepEqual(spanOf({ from: 7, to: 99 }, now), { from: 7, to: 99 });
});

test("zooming keeps the place of the cursor", () => {
  const span = { from: now - 10_000, to: now - 6000 };
  assert.deepEqual(zoomed(span, 0.5, now - 9000, now), { from: now - 9500, to: now - 7500 });
  assert.deepEqual(zoomed(span, 2, now - 10_000, now), { from: now - 10_000, to: now - 2000 });
});

test("neither zooming nor moving shows the future, or what was before the epoch", () => {
  const span = { from: now - 4000, to: now };
  assert.deepEqual(zoomed(span, 2, now - 4000, now), { from: now - 8000, to: now });
  assert.deepEqual(moved(span, 0.5, now), span);
  assert.deepEqual(moved({ from: 10, to: 110 }, -0.5, now), { from: 0, to: 100 });
});

test("a span without length is zoomed to the shortest", () => {
  assert.deepEqual(zoomed({ from: 5000, to: 5000 }, 1, 5000, 90_000), { from: 5000, to: 5000 + kShortestS });
});

test("a zoom ends at a minute and at ten years", () => {
  const span = { from: now - 90, to: now };
  const shortest = zoomed(span, 0.01, now - 45, now);
  assert.equal(shortest.to - shortest.from, kShortestS);
  const longest = zoomed(span, 1e9, now - 45, now);
  assert.equal(longest.to - longest.from, kLongestS);
});

test("a zoom lies within the shortest range that shows all of it", () => {
  assert.equal(enclosing({ from: now - 3601, to: now - 3500 }, now).id, "24h");
  assert.equal(enclosing({ from: 0, to: 3600 }, now).id, "5y");
});
