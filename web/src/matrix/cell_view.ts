import type { LatestRecord, Trend } from "../api";
import { type State, stateText } from "../state";
import { ageText, formatChange, shortValue } from "./cell_text";
import { cellOf, type Row, tally } from "./rows";

/** What a cell says, as text. */
export interface CellView {
  state: State;
  value: string;
  /** Whose value it is, where the row stands for several spokes. */
  where: string;
  /** The state in words. */
  stateLine: string;
  reason: string;
  day: string;
  week: string;
  /** The state is not that of the value, but of another environment or account. */
  isElsewhere: boolean;
  /** The series that is in that state; its age is shown. */
  told: LatestRecord | undefined;
  /** The series behind the value; it opens on a click. */
  record: LatestRecord | undefined;
}

export function cellView(row: Row, metric: number, trendOf: TrendOf): CellView {
  return row.group === "environment" ? tallyView(row, metric) : valueView(row, metric, trendOf);
}

export type TrendOf = (record: LatestRecord) => Trend | undefined;

function valueView(row: Row, metric: number, trendOf: TrendOf): CellView {
  const { lead, worst, state } = cellOf(row, metric);
  const isElsewhere = worst !== undefined && worst !== lead;
  const trend = lead && trendOf(lead);
  return {
    state,
    value: lead ? (lead.value === null ? "no value yet" : shortValue(lead)) : "",
    where: lead && row.spokes.length > 1 ? lead.environment : "",
    stateLine: stateText(state) + (isElsewhere ? ` in ${placeName(worst, lead)}` : ""),
    reason: worst?.reason ?? "",
    day: formatChange(lead?.number ?? null, trend?.day_ago),
    week: formatChange(lead?.number ?? null, trend?.week_ago),
    isElsewhere,
    told: worst,
    record: lead,
  };
}

function placeName({ environment, account_id }: LatestRecord, lead: LatestRecord | undefined): string {
  return environment === lead?.environment ? account_id || environment : environment;
}

/** An environment's projects have no value in common: it is said how many are fresh, and what the others are. */
function tallyView(row: Row, metric: number): CellView {
  const counts = tally(row, metric);
  const fresh = counts.get("fresh") ?? 0;
  const configured = row.spokes.length - (counts.get("not_configured") ?? 0);
  const { state } = cellOf(row, metric);
  const others = (["failed", "silent", "late"] as const)
    .filter((other) => counts.has(other))
    .map((other) => `${counts.get(other)} ${stateText(other).toLowerCase()}`);
  return {
    state,
    value: configured === 0 ? "" : `${fresh} of ${configured}`,
    where: configured === 0 ? "" : "fresh",
    stateLine: others.length === 0 ? stateText(state) : others.join(", "),
    reason: "",
    day: "",
    week: "",
    isElsewhere: false,
    told: undefined,
    record: undefined,
  };
}

/** Everything about the cell, exactly, for its tooltip. */
export function cellTitle({ record, stateLine, reason }: CellView, metric: string, now: number): string {
  if (!record) return `${metric}: ${stateLine}`;
  const lines = [
    `${record.project_name} · ${record.environment} · account ${record.account_id || "unknown"}`,
    `${metric} ${record.value ?? "has no value yet"}`,
    `${stateLine}${reason ? `: ${reason}` : ""}`,
  ];
  if (record.extraction_date !== null) lines.push(`${record.extraction_date.slice(0, 19)} UTC, ${ageText(record, now)}`);
  return lines.join("\n");
}
