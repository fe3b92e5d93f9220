import assert from "node:assert/strict";
import test from "node:test";
import type { Spoke } from "./api";
import { groupByProject, kHubHalf, type Layout, layOut, shortened } from "./layout";

function spoke(account: number, ...registrations: [project: string, environment: string][]): Spoke {
  return {
    account_id: String(account),
    registrations: registrations.map(([project_name, environment]) => ({ project_name, environment })),
    state: "reporting",
    connection: "connected",
    last_event_time: null,
    delay_s: null,
    dead_letters: 0,
    metrics: 0,
    failing: 0,
    findings: [],
  };
}

function fleet(projects: number): Spoke[] {
  return Array.from({ length: projects }, (_, index) =>
    ["dev", "int", "prod"].map((environment, position) => spoke(3 * index + position, [`p${index}`, environment])),
  ).flat();
}

/** Every two nodes are this far apart, or in lines of their own. */
function assertNothingOverlaps(layout: Layout): void {
  const nodes = layout.groups.flatMap((group) => group.nodes);
  for (const [index, node] of nodes.entries()) {
    assert.ok(node.x > 0 && node.x < layout.width, `x ${node.x} of ${layout.width}`);
    assert.ok(node.y > 0 && node.y < layout.height, `y ${node.y} of ${layout.height}`);
    for (const other of nodes.slice(index + 1)) {
      const isApart = Math.abs(other.x - node.x) >= 50 || Math.abs(other.y - node.y) >= 20;
      assert.ok(isApart, `${node.x},${node.y} and ${other.x},${other.y}`);
    }
  }
}

test("groups are ordered by project, numbers by value, and those without one come last", () => {
  const spokes = [spoke(1), spoke(2, ["p10", "dev"]), spoke(3, ["p9", "prod"]), spoke(4, ["p9", "dev"])];
  const groups = groupByProject(spokes).map(({ project, members }) => [project, ...members.map(({ label }) => label)]);
  assert.deepEqual(groups, [["p9", "dev", "prod"], ["p10", "dev"], ["", "1"]]);
});

test("a spoke of two projects is in both groups; two environments of one are one node", () => {
  const groups = groupByProject([spoke(1, ["a", "prod"], ["a", "dev"], ["b", "dev"])]);
  assert.deepEqual(
    groups.map(({ project, members }) => [project, ...members.map(({ label }) => label)]),
    [["a", "dev, prod"], ["b", "dev"]],
  );
});

test("few spokes have a line of their own from the hub, which lies in the middle of the left", () => {
  const layout = layOut(fleet(4), 600);
  assert.equal(layout.isCompact, false);
  assert.equal(layout.hub.y, layout.height / 2);
  assertNothingOverlaps(layout);
  const start = `M${layout.hub.x + kHubHalf} ${layout.hub.y}`;
  for (const node of layout.groups.flatMap(({ nodes }) => nodes)) assert.ok(node.wire.startsWith(start));
});

test("where there is room the spokes lie on both sides of the hub, nearly as many on each", () => {
  const layout = layOut(fleet(5), 1100);
  assert.equal(layout.hub.x, 550);
  assertNothingOverlaps(layout);
  assert.deepEqual(layout.groups.map(({ side }) => side), ["left", "left", "left", "right", "right"]);
  for (const node of layout.groups.flatMap(({ nodes }) => nodes)) {
    assert.equal(node.x < layout.hub.x, node.side === "left");
  }
});

test("the sign on a line lies on it", () => {
  for (const node of layOut(fleet(5), 1100).groups.flatMap(({ nodes }) => nodes)) {
    const [x0, y0, x1, y1, x2, y2, x3, y3] = (node.wire.match(/[\d.]+/g) ?? []).map(Number) as [
      number, number, number, number, number, number, number, number,
    ];
    const at = (a: number, b: number, c: number, d: number) => (a + 9 * b + 27 * c + 27 * d) / 64;
    assert.ok(Math.hypot(node.middle.x - at(x0, x1, x2, x3), node.middle.y - at(y0, y1, y2, y3)) < 0.01);
  }
});

test("150 spokes take no more than a screen, and none lies on another", () => {
  const layout = layOut(fleet(50), 1150);
  assert.equal(layout.isCompact, true);
  assert.ok(layout.height < 500, `${layout.height} px`);
  assertNothingOverlaps(layout);
});

test("on a telephone everything lies within its width", () => {
  for (const projects of [1, 4, 50]) assertNothingOverlaps(layOut(fleet(projects), 330));
});

test("a project with more spokes than a line holds has more lines", () => {
  const many = Array.from({ length: 20 }, (_, index) => spoke(index, ["one", `e${index}`]));
  assertNothingOverlaps(layOut([...many, ...fleet(10)], 700));
});

test("no spokes are a picture of the hub alone", () => {
  const layout = layOut([], 600);
  assert.deepEqual(layout.groups, []);
  assert.ok(layout.height > 0 && layout.hub.y < layout.height);
});

test("a name that is too long ends with an ellipsis", () => {
  assert.equal(shortened("churn", 5), "churn");
  assert.equal(shortened("churner", 5), "chur…");
});
