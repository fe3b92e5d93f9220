import assert from "node:assert/strict";
import test from "node:test";
import { listed, movedColumn, shown, withColumn } from "./column_order";

const all = ["A", "B", "C"];

test("nothing chosen shows all", () => {
  assert.deepEqual(shown(all, []), all);
  assert.deepEqual(shown(all, ["C", "Gone"]), ["C"]);
});

test("the list begins with the chosen ones in their order", () => {
  assert.deepEqual(listed(all, ["C"]), ["C", "A", "B"]);
});

test("a column is taken away and comes back at the end", () => {
  assert.deepEqual(withColumn(all, [], "A", false), ["B", "C"]);
  assert.deepEqual(withColumn(all, ["B", "C"], "A", true), ["B", "C", "A"]);
  assert.deepEqual(withColumn(all, ["A", "B"], "C", true), [], "all in their own order");
});

test("the last column stays", () => {
  assert.deepEqual(withColumn(all, ["B"], "B", false), ["B"]);
});

test("a column moves by some, and not beyond the ends", () => {
  assert.deepEqual(movedColumn(all, [], "C", -1), ["A", "C", "B"]);
  assert.deepEqual(movedColumn(all, [], "C", 1), []);
  assert.deepEqual(movedColumn(all, [], "A", 2), ["B", "C", "A"]);
  assert.deepEqual(movedColumn(all, [], "B", 2), []);
  assert.deepEqual(movedColumn(all, ["A", "C", "B"], "C", 1), [], "all in their own order");
});
