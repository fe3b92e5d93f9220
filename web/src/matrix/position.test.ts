import assert from "node:assert/strict";
import test from "node:test";
import { moved } from "./position";

const extent = { rows: 100, columns: 5, page: 10 };

function from(row: number, column: number, ...keys: string[]): [number, number] {
  let position = { row, column };
  for (const key of keys) {
    const [name = "", control] = key.split("+").reverse();
    position = moved(position, name, control !== undefined, extent) ?? position;
  }
  return [position.row, position.column];
}

test("arrows lead from the heads into the cells and back", () => {
  assert.deepEqual(from(-1, -1, "ArrowDown", "ArrowRight"), [0, 0]);
  assert.deepEqual(from(0, 0, "ArrowLeft", "ArrowUp"), [-1, -1]);
});

test("no key leads beyond the edges", () => {
  assert.deepEqual(from(-1, -1, "ArrowUp", "ArrowLeft"), [-1, -1]);
  assert.deepEqual(from(99, 4, "ArrowDown", "ArrowRight", "PageDown"), [99, 4]);
  assert.deepEqual(from(3, 2, "PageUp"), [0, 2]);
});

test("pages, and the ends of rows and of all", () => {
  assert.deepEqual(from(50, 2, "PageDown"), [60, 2]);
  assert.deepEqual(from(50, 2, "Home"), [50, -1]);
  assert.deepEqual(from(50, 2, "Control+End"), [99, 4]);
  assert.deepEqual(from(50, 2, "Control+Home"), [0, -1]);
});

test("other keys do not move", () => {
  assert.equal(moved({ row: 0, column: 0 }, "a", false, extent), undefined);
});
