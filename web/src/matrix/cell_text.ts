import { formatAge, formatInterval, parseExtractionDate } from "../time";
import { formatTick, formatValue } from "../value_axis";
import type { LatestRecord } from "../api";

const kCharactersShown = 11; // what a column has room for beside the sparkline
const kPrecision = 12; // digits of a double that are worth showing

/** A value as a cell shows it: exact while there is room, else rounded to what there is room for. */
export function shortValue({ value, number }: LatestRecord): string {
  if (value === null) return "–";
  if (number === null) return value;
  for (let precision = kPrecision; precision > 3; precision -= 1) {
    const text = formatValue(Number(number.toPrecision(precision)));
    if (text.length <= kCharactersShown) return text;
  }
  return formatTick(Number(number.toPrecision(3)));
}

/** "+12", "−0.5", "±0": what has been added to `before`; "" when either is unknown. */
export function formatChange(now: number | null, before: number | null | undefined): string {
  if (now === null || before === null || before === undefined) return "";
  const change = now - before;
  if (change === 0) return "±0";
  const size = formatTick(Number(Math.abs(change).toPrecision(3)));
  return `${change > 0 ? "+" : "−"}${size}`;
}

/** "12 min · every 1 h": a value's age beside the interval in which one is expected. */
export function ageText(record: LatestRecord, now: number): string {
  const parts: string[] = [];
  if (record.extraction_date !== null) {
    parts.push(formatAge(now - parseExtractionDate(record.extraction_date)));
  }
  if (record.expected_interval_s !== null) parts.push(`every ${formatInterval(record.expected_interval_s)}`);
  return parts.join(" · ");
}
