/** The vertical axis of a plot: from where to where, which ticks, and how numbers are written. */

const kMargin = 0.08; // 13 of a plot's 168 pixels; a point's radius is 3
const kTickGaps = 6;
const kSignificantDigits = 12;
// Beyond these, powers of ten are written.
const kPlainTickMaximum = 1e9; // a label takes its width from the plot
const kPlainMaximum = 1e15;
const kPlainMinimum = 1e-6;

const plainFormat = new Intl.NumberFormat("en-US", { maximumSignificantDigits: kSignificantDigits });

/** The axis for values from `min` to `max`: zero lies on it, and neither zero nor a value on its edge. */
export function valueRange(min: number, max: number): [number, number] {
  const low = Math.min(min, 0);
  const high = low === 0 && max <= 0 ? 1 : Math.max(max, 0);
  const margin = kMargin * (high - low);
  return [low - margin, high + margin];
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that gives at most 7 ticks; a whole one on request. */
export function valueStep(low: number, high: number, isWhole: boolean): number {
  const wanted = Math.max((high - low) / kTickGaps, isWhole ? 1 : 0);
  const power = Math.floor(Math.log10(wanted));
  const steps = [`1e${power}`, `2e${power}`, `2.5e${power}`, `5e${power}`, `1e${power + 1}`].map(Number);
  return steps.find((step) => step >= wanted && (!isWhole || Number.isInteger(step))) ?? wanted;
}

/** The multiples of `step` from `low` to `high`. */
export function valueTicks(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, index) => withoutNoise((first + index) * step));
}

/** "12,345.67", or "1.5e30" where the plain number would be long. */
export function formatValue(value: number): string {
  return format(value, kPlainMaximum);
}

/** The same, shorter. */
export function formatTick(value: number): string {
  return format(value, kPlainTickMaximum);
}

function format(value: number, plainMaximum: number): string {
  const size = Math.abs(value);
  if (size >= plainMaximum || (size > 0 && size < kPlainMinimum)) {
    return withoutNoise(value).toExponential().replace("e+", "e");
  }
  return plainFormat.format(value);
}

/** 0.1 * 3 is 0.30000000000000004: the last digits of a double are no news. */
function withoutNoise(value: number): number {
  return Number(value.toPrecision(kSignificantDigits)) || 0;
}
