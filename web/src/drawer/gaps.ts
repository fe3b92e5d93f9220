/** Where a plot must not draw a line, because samples that were expected did not come. */

/** So many intervals without a sample are a gap; one that is late is none. */
const kMissingIntervals = 3;

/**
 * For how many seconds one of `times` stands: the expected interval, or what is usual between the points
 * if that is longer (downsampled ones are far apart). For ever, where nothing says when a value is due.
 */
export function standsFor(times: readonly number[], expectedIntervalS: number | null): number {
  if (expectedIntervalS === null) return Infinity;
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? time));
  distances.sort((a, b) => a - b);
  return Math.max(expectedIntervalS, distances[Math.floor(distances.length / 2)] ?? 0);
}

/** The stretches up to `end` in which nothing came, [from, to): each begins when the last value was due. */
export function gapsBetween(times: readonly number[], standsS: number, end: number): [number, number][] {
  return times.flatMap((time, index): [number, number][] => {
    const next = times[index + 1] ?? end;
    return next - time > kMissingIntervals * standsS ? [[time + standsS, next]] : [];
  });
}

/** The index of the point that counts at `time`: the last one before, unless a gap began since. */
export function pointAt(times: readonly number[], standsS: number, time: number): number | undefined {
  const index = times.findLastIndex((sampled) => sampled <= time);
  const sampled = times[index];
  if (sampled === undefined) return undefined;
  const next = times[index + 1] ?? Infinity;
  const isInGap = next - sampled > kMissingIntervals * standsS && time >= sampled + standsS;
  return isInGap ? undefined : index;
}
