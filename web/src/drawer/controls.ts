import { element } from "../dom";
import { kRanges, type Range, type Span } from "./range";

export interface ControlEvents {
  onRange(range: Range): void;
  onSpan(span: Span): void;
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
  #from = dateInput("From (UTC)");
  #to = dateInput("To (UTC)");

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
      this.#dates(),
    );
  }

  /** `span` is what `chosen` stands for. */
  show(chosen: Range | Span, span: Span, isLog: boolean): void {
    showDate(this.#from, span.from);
    showDate(this.#to, span.to);
    const id = "id" in chosen ? chosen.id : undefined;
    for (const [range, input] of this.#ranges) input.checked = range === id;
    const hadFocus = document.activeElement === this.#reset;
    this.#reset.hidden = id !== undefined;
    if (hadFocus && this.#reset.hidden) [...this.#ranges.values()].find((input) => input.checked)?.focus();
    this.#log.checked = isLog;
  }

  /** Dates in whichever order they were given. */
  #dates(): HTMLElement {
    const form = element(
      "form",
      { class: "dates", "aria-label": "Dates" },
      this.#from,
      " – ",
      this.#to,
      " UTC ",
      element("button", { type: "submit", class: "plain" }, "Show"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [from, to] = [this.#from, this.#to].map(({ value }) => Date.parse(`${value}Z`) / 1000);
      if (from === undefined || to === undefined) return;
      for (const input of [this.#from, this.#to]) input.defaultValue = "";
      this.events.onSpan({ from: Math.min(from, to), to: Math.max(from, to) });
    });
    return form;
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

function dateInput(name: string): HTMLInputElement {
  return element("input", { type: "datetime-local", required: "", "aria-label": name, min: "1970-01-01T00:00" });
}

/** What was typed stays until another date is to be shown. */
function showDate(input: HTMLInputElement, seconds: number): void {
  const text = dateText(seconds);
  if (input.defaultValue === text) return;
  input.defaultValue = text;
  input.value = text;
}

/** "2026-11-23T12:00", as the inputs take it. */
function dateText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16);
}
