import type { LatestRecord } from "../api";
import { compareNames } from "../series";
import { type State, worseState } from "../state";
import { compareEnvironments, type Spoke } from "./fleet";
import { isOpen, type Settings } from "./settings";

/** A row of the matrix: a spoke, or a group of spokes that can be opened. */
export interface Row {
  key: string;
  /** 1, or 2 within an open group. */
  level: 1 | 2;
  /** What the row is a group of, and what group it stands in. */
  group: "project" | "environment" | undefined;
  within: "project" | "environment" | undefined;
  /** The spokes it stands for, production first. */
  spokes: Spoke[];
  isOpen: boolean;
}

/** What a cell of a row shows. */
export interface Cell {
  /** The series whose value is shown: the first, production before others, that has one. */
  lead: LatestRecord | undefined;
  /** The worst of the row's spokes. */
  state: State;
  /** The series that is in that state, if it is configured. */
  worst: LatestRecord | undefined;
}

export function cellOf(row: Row, metric: number): Cell {
  let lead: LatestRecord | undefined;
  let worst: LatestRecord | undefined;
  for (const spoke of row.spokes) {
    const record = spoke.records[metric];
    if (!record) continue;
    if (!lead || (lead.value === null && record.value !== null)) lead = record;
    if (!worst || (worst.state !== record.state && worseState(worst.state, record.state) === record.state)) {
      worst = record;
    }
  }
  return { lead, worst, state: worst?.state ?? "not_configured" };
}

/** How many of a row's spokes are in each state of a metric. */
export function tally(row: Row, metric: number): Map<State, number> {
  const counts = new Map<State, number>();
  for (const spoke of row.spokes) {
    const state = spoke.records[metric]?.state ?? "not_configured";
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}

/** The rows in the order in which they are shown; of closed groups only the head. */
export function buildRows(spokes: Spoke[], sortMetric: number, settings: Settings): Row[] {
  const { group, open } = settings;
  if (group === "none") return sorted(spokes.map((spoke) => spokeRow(spoke, undefined)), sortMetric, settings);
  const heads = [...grouped(spokes, group)].map(([name, members]): Row => {
    return { key: name, level: 1, group, within: undefined, spokes: members, isOpen: isOpen(open, name) };
  });
  return sorted(heads, sortMetric, settings).flatMap((head) => {
    if (!head.isOpen) return head;
    const members = head.spokes.map((spoke) => spokeRow(spoke, group));
    // A project's few environments keep their order; production stays first.
    return [head, ...(group === "project" ? members : sorted(members, sortMetric, settings))];
  });
}

function spokeRow(spoke: Spoke, within: Row["within"]): Row {
  return { key: spoke.key, level: within ? 2 : 1, group: undefined, within, spokes: [spoke], isOpen: false };
}

function grouped(spokes: Spoke[], by: "project" | "environment"): Map<string, Spoke[]> {
  const groups = new Map<string, Spoke[]>();
  for (const spoke of spokes) {
    const members = groups.get(spoke[by]);
    if (members) members.push(spoke);
    else groups.set(spoke[by], [spoke]);
  }
  if (by === "project") return groups;
  return new Map([...groups].sort(([a], [b]) => compareEnvironments(a, b)));
}

/** Rows without a value come last in both directions. */
function sorted(rows: Row[], metric: number, { descending }: Settings): Row[] {
  if (metric < 0) return descending ? rows.reverse() : rows;
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, number: cellOf(row, metric).lead?.number ?? null }))
    .sort((a, b) => {
      if (a.number === null || b.number === null) return Number(a.number === null) - Number(b.number === null);
      return sign * (a.number - b.number) || compareNames(a.row.key, b.row.key);
    })
    .map(({ row }) => row);
}
