/**
 * The path of a sparkline in a box of `width` by `height`: a step for each day, a gap where a day has no
 * value. A line that stays at one value lies in the middle. "" when there is nothing to draw: one day is no trend.
 */
export function sparklinePath(values: (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return "";
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const step = width / values.length;
  const y = (value: number) => round(span === 0 ? height / 2 : height - ((value - low) / span) * height);
  let path = "";
  let isDrawing = false;
  values.forEach((value, day) => {
    if (value === null) {
      isDrawing = false;
      return;
    }
    path += isDrawing ? `V${y(value)}` : `M${round(day * step)} ${y(value)}`;
    path += `H${round((day + 1) * step)}`;
    isDrawing = true;
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
