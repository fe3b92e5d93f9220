/** Milliseconds since the epoch of an ExtractionDate, "2026-11-23 12:00:00.000123", which is UTC. */
export function parseExtractionDate(date: string): number {
  return Date.parse(`${date.replace(" ", "T").slice(0, 23)}Z`);
}

const kDayS = 86_400;

const kUnits = [
  { name: "s", seconds: 1 },
  { name: "min", seconds: 60 },
  { name: "h", seconds: 3600 },
  { name: "d", seconds: kDayS },
] as const;

/** "42 s", "3 min", "5 h", "12 d": whole units, rounded down; a date ahead of our clock is "0 s". */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  const unit = kUnits.findLast((candidate) => seconds >= candidate.seconds) ?? kUnits[0];
  return `${Math.floor(seconds / unit.seconds)} ${unit.name}`;
}

/** "2026-11-23 12:00:05" in UTC. */
export function formatSecond(time: Date): string {
  return time.toISOString().slice(0, 19).replace("T", " ");
}

/**
 * Labels for the ticks of a time axis in UTC, `step` seconds apart: days, minutes or seconds, with the
 * year or the day in a second line where it changes.
 */
export function timeAxisLabels(times: number[], step: number): string[] {
  const texts = times.map((seconds) => formatSecond(new Date(seconds * 1000)));
  const parts = texts.map((text): [string, string] => {
    if (step >= kDayS) return [text.slice(5, 10), text.slice(0, 4)];
    return [text.slice(11, step >= 60 ? 16 : 19), text.slice(0, 10)];
  });
  return parts.map(([label, context], index) =>
    context === parts[index - 1]?.[1] ? label : `${label}\n${context}`,
  );
}

const kAlmost = 0.03; // an interval that is learnt from dates is never exactly an hour

/** "15 min", "1.5 h", "1 d": how often values are expected; whole where that is almost true. */
export function formatInterval(seconds: number): string {
  const unit = kUnits.findLast((candidate) => seconds >= candidate.seconds * (1 - kAlmost)) ?? kUnits[0];
  const count = seconds / unit.seconds;
  const whole = Math.round(count);
  return `${Math.abs(count - whole) <= kAlmost * count ? whole : Number(count.toFixed(1))} ${unit.name}`;
}
