/** The stretch of time that a drawer shows: one of its ranges until now, or what was zoomed to. */

const kHourS = 3600;
const kDayS = 24 * kHourS;

export interface Range {
  id: string;
  label: string;
  seconds: number;
}

export const kRanges: readonly Range[] = [
  { id: "1h", label: "1 h", seconds: kHourS },
  { id: "24h", label: "24 h", seconds: kDayS },
  { id: "7d", label: "7 d", seconds: 7 * kDayS },
  { id: "30d", label: "30 d", seconds: 30 * kDayS },
  { id: "90d", label: "90 d", seconds: 90 * kDayS },
  { id: "1y", label: "1 y", seconds: 365 * kDayS },
  { id: "5y", label: "5 y", seconds: 5 * 365 * kDayS },
];
export const kDefaultRange = "30d";

/** Nothing shorter is zoomed to, and nothing longer. */
export const kShortestS = 60;
export const kLongestS = 10 * 365 * kDayS;

/** Seconds since the epoch; `to` is exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** What an address calls `range`: "30d", or "1760000000..1760086400" of a zoom. */
export function parseRange(text: string | null): Range | Span {
  const zoom = /^(\d{1,11})\.\.(\d{1,11})$/.exec(text ?? "");
  if (zoom) {
    const [from, to] = [Number(zoom[1]), Number(zoom[2])];
    if (to - from >= kShortestS && to - from <= kLongestS) return { from, to };
  }
  const range = kRanges.find(({ id }) => id === text) ?? kRanges.find(({ id }) => id === kDefaultRange);
  if (!range) throw new Error("no default range");
  return range;
}

export function formatRange(chosen: Range | Span): string {
  return "id" in chosen ? chosen.id : `${Math.floor(chosen.from)}..${Math.ceil(chosen.to)}`;
}

export function spanOf(chosen: Range | Span, now: number): Span {
  return "id" in chosen ? { from: now - chosen.seconds, to: now } : chosen;
}

/** The same span made longer (or shorter) by `factor`; `at` keeps its place. It ends by now. */
export function zoomed(span: Span, factor: number, at: number, now: number): Span {
  const length = Math.min(Math.max((span.to - span.from) * factor, kShortestS), kLongestS);
  const before = span.to > span.from ? (at - span.from) / (span.to - span.from) : 0;
  return endingBy(now, at - before * length, length);
}

/** The span that lies `fraction` of its length later (or, below zero, earlier). It ends by now. */
export function moved(span: Span, fraction: number, now: number): Span {
  const length = span.to - span.from;
  return endingBy(now, span.from + fraction * length, length);
}

function endingBy(now: number, wanted: number, length: number): Span {
  const from = Math.round(Math.max(0, Math.min(wanted, now - length)));
  return { from, to: Math.round(from + length) };
}

/** The shortest range that shows all of a zoom. */
export function enclosing(span: Span, now: number): Range {
  const longest = kRanges[kRanges.length - 1] as Range;
  return kRanges.find(({ seconds }) => span.from >= now - seconds) ?? longest;
}
