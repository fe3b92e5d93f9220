import { element } from "../dom";
import { kRanges, type Range, type Span } from "./range";

export interface ControlEvents {
  onRange(range: Range): void;
  onZoom(factor: number): void;
  onMove(fraction: number): void;
  onReset(): void;
  onLog(isLog: boolean): void;
}

/** What a plot is steered with: ranges, zoom by buttons, and the scale. */
export class Controls {
  readonly element: HTMLElement;
  #ranges = new Map<string, HTMLInputElement>();
  #log = element("input", { type: "checkbox" });
  #reset = element("button", { type: "button", class: "plain" }, "Reset zoom");

  constructor(private readonly events: ControlEvents) {
    this.#log.addEventListener("change", () => events.onLog(this.#log.checked));
    this.#reset.addEventListener("click", () => events.onReset());
    this.element = element(
      "div",
      { class: "drawer-controls" },
      this.#rangeChooser(),
      element(
        "div",
        { class: "zoom", role: "group", "aria-label": "Zoom" },
        button("‹", "Earlier", () => events.onMove(-0.5)),
        button("›", "Later", () => events.onMove(0.5)),
        button("−", "Zoom out", () => events.onZoom(2)),
        button("+", "Zoom in", () => events.onZoom(0.5)),
      ),
      this.#reset,
      element("label", { class: "log" }, this.#log, " Log scale"),
    );
  }

  show(chosen: Range | Span, isLog: boolean): void {
    const id = "id" in chosen ? chosen.id : undefined;
    for (const [range, input] of this.#ranges) input.checked = range === id;
    const hadFocus = document.activeElement === this.#reset;
    this.#reset.hidden = id !== undefined;
    if (hadFocus && this.#reset.hidden) [...this.#ranges.values()].find((input) => input.checked)?.focus();
    this.#log.checked = isLog;
  }

  #rangeChooser(): HTMLElement {
    const choices = kRanges.map((range) => {
      const input = element("input", { type: "radio", name: "drawer-range", value: range.id });
      input.addEventListener("change", () => this.events.onRange(range));
      this.#ranges.set(range.id, input);
      return element("label", {}, input, element("span", {}, range.label));
    });
    return element("fieldset", { class: "drawer-ranges" }, element("legend", {}, "Time range"), ...choices);
  }
}

function button(glyph: string, name: string, onClick: () => void): HTMLElement {
  const created = element("button", { type: "button", "aria-label": name, title: name }, glyph);
  created.addEventListener("click", onClick);
  return created;
}
