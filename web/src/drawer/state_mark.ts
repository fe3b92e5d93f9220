import "./state_mark.css";
import { element } from "../dom";
import { type State, stateText } from "../state";
import { stateGlyph } from "../svg";

/** A state as shape, word and colour: each of them says it alone. */
export function stateMark(state: State): HTMLElement {
  return element("span", { class: `state-mark state-${state}` }, stateGlyph(state), ` ${stateText(state)}`);
}
