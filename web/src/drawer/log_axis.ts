/** The vertical axis of a plot in powers of ten, which zero and negative values lie on as well. */

import { valueStep, valueTicks } from "../value_axis";

const kTicksMax = 6;
const kMargin = 1.3; // an eighth of a decade
const kPowerMinimum = -307; // of a double with all its digits

/**
 * Below `threshold` the axis is linear, so that it can pass through zero: the power of ten below the
 * smallest value that is not zero. Null where every value is above zero: then no part of it is linear.
 */
export interface LogAxis {
  threshold: number | null;
  low: number;
  high: number;
}

export function logAxis(values: Iterable<number>): LogAxis {
  let [min, max, smallest] = [Infinity, -Infinity, Infinity];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (value !== 0) smallest = Math.min(smallest, Math.abs(value));
  }
  if (smallest === Infinity) return { threshold: 1, low: -0.3, high: kMargin };
  if (min > 0) return { threshold: null, low: min / kMargin, high: max * kMargin };
  const threshold = Math.pow(10, Math.max(kPowerMinimum, Math.floor(Math.log10(smallest))));
  const margin = 0.3 * threshold;
  return {
    threshold,
    low: min < 0 ? min * kMargin : -margin,
    high: max > 0 ? max * kMargin : margin,
  };
}

/** At most a dozen: powers of ten, and zero; where these are few, what lies between. */
export function logTicks({ threshold, low, high }: LogAxis): number[] {
  if (threshold === null) return positiveTicks(low, high);
  const above = high > threshold ? powers(threshold, high) : [];
  const below = -low > threshold ? powers(threshold, -low) : [];
  return [...below.reverse().map((power) => -power), 0, ...above];
}

function positiveTicks(low: number, high: number): number[] {
  const tens = powers(low, high);
  if (tens.length >= 3) return tens;
  const first = Math.pow(10, Math.floor(Math.log10(low)));
  const between = [first, 10 * first, 100 * first]
    .flatMap((power) => [power, 2 * power, 5 * power])
    .filter((tick) => tick >= low && tick <= high);
  if (between.length >= 3) return between.map(plain);
  return valueTicks(low, high, valueStep(low, high, false));
}

function powers(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / kTicksMax));
  const ticks = [];
  for (let power = first; power <= last; power += every) ticks.push(Number(`1e${power}`));
  return ticks;
}

function plain(value: number): number {
  return Number(value.toPrecision(3));
}
