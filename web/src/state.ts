/** The states of a series, as src/domain/series_state computes them; best first. */
export const kStates = ["fresh", "not_configured", "late", "silent", "failed"] as const;
export type State = (typeof kStates)[number];

const kTexts: Record<State, string> = {
  fresh: "Fresh",
  late: "Late",
  silent: "Silent",
  failed: "Failed",
  not_configured: "Not configured",
};

/** Shapes in a box of 12, so that no state is told by colour alone: disc, triangle, ring, cross, dash. */
const kGlyphs: Record<State, string> = {
  fresh: "M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z",
  late: "M6 .8 11.8 11H.2z",
  silent: "M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10zM6 3.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6z",
  failed: "M2.6.9 6 4.3 9.4.9l1.7 1.7L7.7 6l3.4 3.4-1.7 1.7L6 7.7l-3.4 3.4L.9 9.4 4.3 6 .9 2.6z",
  not_configured: "M2 5.2h8v1.6H2z",
};

export function stateText(state: State): string {
  return kTexts[state];
}

/** The outline of a state's glyph, in a box of 12 by 12. */
export function stateShape(state: State): string {
  return kGlyphs[state];
}

export function isState(text: string): text is State {
  return (kStates as readonly string[]).includes(text);
}

export function worseState(a: State, b: State): State {
  return kStates.indexOf(a) < kStates.indexOf(b) ? b : a;
}
