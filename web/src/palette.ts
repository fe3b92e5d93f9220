/** Eight colours that people with any colour vision can tell apart (theme.css has them for light and
 * dark); after eight lines the same colours come again, dashed. */
const kColours = 8;
const kDashes = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

export interface LineStyle {
  colour: string;
  dash: number[];
}

export function lineStyle(index: number): LineStyle {
  const style = getComputedStyle(document.documentElement);
  return {
    colour: style.getPropertyValue(`--line-${index % kColours}`).trim(),
    dash: kDashes[Math.floor(index / kColours) % kDashes.length] ?? [],
  };
}

/** Calls back when light turns dark or the other way; canvases have to be drawn anew. */
export function onThemeChange(callback: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
}
