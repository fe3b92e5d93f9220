/** Where hub and spokes lie in the picture. Pixels; y grows downwards. */

import type { Spoke } from "./api";

export interface Place {
  x: number;
  y: number;
}

export interface Node extends Place {
  spoke: Spoke;
  /** On which side of the node its text stands. */
  side: Side;
  /** "dev": the environments that it is registered for in its group's project. */
  label: string;
  /** The line from the hub, or its last bit, as SVG's path data. */
  wire: string;
  /** Where on that line a sign can stand. */
  middle: Place;
}

export type Side = "left" | "right";

export interface Group extends Place {
  side: Side;
  /** The project's name; empty for spokes that no project has. */
  project: string;
  /** For how many characters of its name there is room. */
  characters: number;
  nodes: Node[];
}

export interface Layout {
  isCompact: boolean;
  width: number;
  height: number;
  hub: Place;
  groups: Group[];
  /** Characters of the longest label of a node. */
  longestLabel: number;
  /** The lines that lead to the groups, as path data; none where each spoke has a line of its own. */
  trunk: string;
}

type Arrangement = Omit<Layout, "longestLabel">;
type Named = { project: string; members: { spoke: Spoke; label: string }[] };

const kWideEnough = 400;
const kTwoSides = 760;
const kSpokesMax = 24; // more are too many lines for one picture

/** With few spokes each has a line from the hub; many, or a narrow place, have projects side by side. */
export function layOut(spokes: readonly Spoke[], width: number): Layout {
  const groups = groupByProject(spokes);
  const labels = groups.flatMap(({ members }) => members.map(({ label }) => label.length));
  const isFan = width >= kWideEnough && labels.length <= kSpokesMax;
  return { ...(isFan ? fan(groups, width) : columns(groups, width)), longestLabel: Math.max(0, ...labels) };
}

const order = new Intl.Collator("en", { numeric: true });

/** A spoke is in the group of every project that it is registered for. */
export function groupByProject(spokes: readonly Spoke[]): Named[] {
  const groups = new Map<string, Named>();
  for (const spoke of spokes) {
    const projects = new Set(spoke.registrations.map(({ project_name }) => project_name));
    for (const project of projects.size > 0 ? projects : [""]) {
      const own = spoke.registrations.filter(({ project_name }) => project_name === project);
      const label = own.map(({ environment }) => environment).sort(order.compare).join(", ") || spoke.account_id;
      const group = groups.get(project) ?? { project, members: [] };
      group.members.push({ spoke, label });
      groups.set(project, group);
    }
  }
  for (const { members } of groups.values()) {
    members.sort((a, b) => order.compare(a.label, b.label) || order.compare(a.spoke.account_id, b.spoke.account_id));
  }
  // Those without a project come last.
  return [...groups.values()].sort(
    (a, b) => Number(a.project === "") - Number(b.project === "") || order.compare(a.project, b.project),
  );
}

const kRow = 26;
const kGroupHead = 24;
const kGroupGap = 12;
const kMargin = 14;
const kIndent = 17;
/** Half of the width of the hub's box. */
export const kHubHalf = 45;

/** A curve from the hub to every spoke: to the right, or to both sides where there is room. */
function fan(named: Named[], width: number): Arrangement {
  const isTwoSided = width >= kTwoSides && named.length > 1;
  const heights = named.map(({ members }) => kGroupHead + members.length * kRow + kGroupGap);
  const half = heights.reduce((sum, height) => sum + height, 0) / 2;
  const hub = { x: isTwoSided ? Math.round(width / 2) : kHubHalf + kIndent, y: 0 };
  const distance = Math.round(isTwoSided ? width * 0.17 : Math.min(200, width * 0.36));
  const ends = { left: kMargin, right: kMargin };
  const groups = named.map((group, index): Group => {
    const isLeft = isTwoSided && ends.left + (heights[index] ?? 0) / 2 <= half + kMargin;
    const side = isLeft ? "left" : "right";
    const sign = isLeft ? -1 : 1;
    const top = ends[side];
    ends[side] += heights[index] ?? 0;
    const x = hub.x + sign * distance;
    const nodes = group.members.map(({ spoke, label }, position): Node => {
      const place = { x, y: top + kGroupHead + position * kRow + kRow / 2 };
      return { ...place, side, spoke, label, wire: "", middle: place };
    });
    const characters = Math.floor((isLeft ? x : width - x) / 8);
    return { x: x - sign * 7, y: top + 12, side, project: group.project, characters, nodes };
  });
  const height = Math.max(ends.left, ends.right, 120) - kGroupGap + kMargin;
  hub.y = height / 2;
  for (const node of groups.flatMap((group) => group.nodes)) draw(node, hub);
  return { isCompact: false, width, height, hub, groups, trunk: "" };
}

/** Draws a node's curve from the edge of the hub's box. */
function draw(node: Node, hub: Place): void {
  const sign = node.side === "left" ? -1 : 1;
  const from = hub.x + sign * kHubHalf;
  const end = node.x - sign * 10;
  const bend = (from + end) / 2;
  node.wire = `M${from} ${hub.y}C${bend} ${hub.y} ${bend} ${node.y} ${end} ${node.y}`;
  // Of this Bézier curve at three quarters of its way.
  node.middle = { x: (19 * from + 45 * end) / 64, y: (10 * hub.y + 54 * node.y) / 64 };
}

const kColumn = 305;
const kColumnGap = 20;
const kLabel = 110; // at least
const kCharacter = 7.8;
const kSlot = 64;
const kWire = 22;
const kCompactRow = 24;
const kHubHeight = 52;

/** The hub on top; under it columns of projects, whose spokes each end a short line. */
function columns(named: Named[], width: number): Arrangement {
  const count = Math.max(1, Math.min(named.length, Math.floor((width + kColumnGap) / (kColumn + kColumnGap))));
  const columnWidth = (width - (count - 1) * kColumnGap) / count;
  const slots = Math.max(1, Math.floor((columnWidth - kLabel) / kSlot));
  const used = Math.min(slots, Math.max(1, ...named.map(({ members }) => members.length)));
  const longest = kIndent + 6 + kCharacter * Math.max(0, ...named.map(({ project }) => project.length));
  const label = Math.min(Math.max(longest, kLabel), columnWidth - used * kSlot);
  const characters = Math.floor((label - kIndent - 4) / kCharacter);
  const rows = named.map(({ members }) => Math.ceil(members.length / slots));
  const perColumn = Math.ceil(rows.reduce((sum, lines) => sum + lines, 0) / count);

  let [column, line, deepest] = [0, 0, 0];
  const trunks: Trunk[] = [];
  const hub = { x: kHubHalf + kIndent, y: kHubHeight / 2 };
  const groups = named.map(({ project, members }, index): Group => {
    const lines = rows[index] ?? 1;
    // A group stays whole: it goes to the next column if most of it would lie beyond this one's end.
    if (line > 0 && line + lines / 2 > perColumn && column < count - 1) [column, line] = [column + 1, 0];
    const left = column * (columnWidth + kColumnGap);
    const top = kHubHeight + line * kCompactRow + kCompactRow / 2;
    line += lines;
    deepest = Math.max(deepest, line);
    trunks[column] ??= { x: Math.round(left) + 5.5, ends: [] };
    trunks[column]?.ends.push(top);
    const nodes = members.map(({ spoke, label: name }, position): Node => {
      const x = left + label + (position % slots) * kSlot + kWire;
      const y = top + Math.floor(position / slots) * kCompactRow;
      const wire = `M${x - kWire} ${y}H${x - 7}`;
      return { x, y, side: "right", spoke, label: name, wire, middle: { x: x - kWire / 2 - 3, y } };
    });
    return { x: left + kIndent, y: top, side: "right", project, characters, nodes };
  });
  return { isCompact: true, width, height: kHubHeight + deepest * kCompactRow + 6, hub, groups, trunk: drawTrunks(trunks, hub) };
}

/** A line down a column, which branches off to each of its groups. */
interface Trunk {
  x: number;
  ends: number[];
}

function drawTrunks(trunks: readonly Trunk[], hub: Place): string {
  const [first, last] = [trunks[0], trunks.at(-1)];
  if (!first || !last) return "";
  const y = hub.y + 0.5;
  const down = trunks.map(({ x, ends }) => `M${x} ${y}V${ends.at(-1)}${ends.map((end) => `M${x} ${end}h7`).join("")}`);
  return `M${first.x} ${y}H${Math.max(last.x, hub.x)}${down.join("")}`;
}

/** `text` in at most `characters`, with an ellipsis where it was cut. */
export function shortened(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, Math.max(1, characters - 1))}…`;
}
