import { element } from "./dom";

/** Eight colours that people with any colour vision can tell apart (theme.css has them for light and
 * dark); after eight lines the same colours come again, dashed. */
const kColours = 8;
const kDashes = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

export interface LineStyle {
  /** As CSS takes it; a canvas needs what it is at present (`computedColour`). */
  colour: string;
  dash: number[];
}

export function lineStyle(index: number): LineStyle {
  return {
    colour: `var(--line-${index % kColours})`,
    dash: kDashes[Math.floor(index / kColours) % kDashes.length] ?? [],
  };
}

/** What a colour of the theme, "var(--quiet)", is at present. */
export function computedColour(colour: string): string {
  const probe = element("span");
  probe.style.color = colour;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
}
