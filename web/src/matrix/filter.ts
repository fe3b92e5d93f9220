import type { LatestRecord } from "../api";
import type { Fleet, Spoke } from "./fleet";
import { type Filters, isFiltering } from "./settings";

/** What is left of a fleet: spokes, and columns as indices into Fleet.metrics. */
export interface Selection {
  spokes: Spoke[];
  columns: number[];
}

/**
 * Keeps the spokes and the metrics that have at least one series which passes the filters. A metric
 * that is not configured passes only where that state is asked for.
 */
export function select(fleet: Fleet, metrics: string[], filters: Filters): Selection {
  const columns = chosenColumns(fleet, metrics);
  if (!isFiltering(filters)) return { spokes: fleet.spokes, columns };
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  const names = fleet.metrics.map((name) => name.toLowerCase());
  const found = new Set<number>();
  const spokes = fleet.spokes.filter((spoke) => {
    if (!passesNames(spoke, filters)) return false;
    const unmatched = wordsBeyondNames(spoke, words);
    let any = false;
    for (const column of columns) {
      const record = spoke.records[column];
      const state = record?.state ?? "not_configured";
      const isWanted = filters.state.length > 0 ? filters.state.includes(state) : record !== undefined;
      if (!isWanted || !unmatched.every((word) => says(names[column], record, word))) continue;
      found.add(column);
      any = true;
    }
    return any;
  });
  return { spokes, columns: columns.filter((column) => found.has(column)) };
}

function chosenColumns(fleet: Fleet, metrics: string[]): number[] {
  if (metrics.length === 0) return fleet.metrics.map((_, index) => index);
  return [...new Set(metrics)].map((name) => fleet.metrics.indexOf(name)).filter((index) => index >= 0);
}

function passesNames(spoke: Spoke, { project, environment, account }: Filters): boolean {
  return (
    isAmong(spoke.project, project) &&
    isAmong(spoke.environment, environment) &&
    isAmong(spoke.account, account)
  );
}

function isAmong(name: string, chosen: string[]): boolean {
  return chosen.length === 0 || chosen.includes(name);
}

function wordsBeyondNames(spoke: Spoke, words: string[]): string[] {
  if (words.length === 0) return words;
  const names = `${spoke.project} ${spoke.environment} ${spoke.account}`.toLowerCase();
  return words.filter((word) => !names.includes(word));
}

function says(metric: string | undefined, record: LatestRecord | undefined, word: string): boolean {
  return (metric?.includes(word) || record?.reason?.toLowerCase().includes(word)) ?? false;
}
