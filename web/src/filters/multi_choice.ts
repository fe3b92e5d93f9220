import { element } from "../dom";
import { Popover } from "./popover";

export interface Option {
  value: string;
  label: string;
}

const kShown = 200; // of more, a part of the name has to be typed
const kWithSearch = 9;

/** A filter with checkboxes; none ticked means that all pass. */
export class MultiChoice {
  #popover: Popover;
  #search = element("input", { type: "search", placeholder: "Find…", autocomplete: "off", spellcheck: "false" });
  #list = element("div", { class: "choices" });
  #clear = element("button", { type: "button", class: "text-button" }, "Clear");
  #options: Option[] = [];
  #chosen: string[] = [];

  constructor(
    private readonly label: string,
    private readonly onChange: (chosen: string[]) => void,
  ) {
    this.#popover = new Popover(label, () => this.#open());
    this.#search.setAttribute("aria-label", `Find ${label.toLowerCase()}`);
    this.#search.addEventListener("input", () => this.#list.replaceChildren(...this.#items()));
    this.#clear.addEventListener("click", () => this.#choose([]));
    this.#popover.panel.append(this.#search, this.#list, this.#clear);
  }

  get parts(): HTMLElement[] {
    return [this.#popover.button, this.#popover.panel];
  }

  /** Options that are not there any more stay as long as they are chosen. */
  show(options: Option[], chosen: string[]): void {
    const gone = chosen.filter((value) => !options.some((option) => option.value === value));
    this.#options = [...gone.map((value) => ({ value, label: value })), ...options];
    this.#chosen = chosen;
    this.#showButton();
  }

  #showButton(): void {
    const { button } = this.#popover;
    const [first = "", ...others] = this.#chosen;
    const label = this.#options.find(({ value }) => value === first)?.label ?? first;
    const text = first === "" ? this.label : `${this.label}: ${label}${others.length ? ` +${others.length}` : ""}`;
    if (button.textContent !== text) button.textContent = text;
    button.classList.toggle("chosen", first !== "");
    this.#clear.disabled = first === "";
  }

  #open(): void {
    this.#search.value = "";
    this.#search.hidden = this.#options.length < kWithSearch;
    this.#list.replaceChildren(...this.#items());
  }

  #items(): HTMLElement[] {
    const wanted = this.#search.value.trim().toLowerCase();
    const found = this.#options.filter(({ label }) => label.toLowerCase().includes(wanted));
    const items: HTMLElement[] = found.slice(0, kShown).map((option) => this.#item(option));
    const hidden = found.length - items.length;
    if (hidden > 0) items.push(element("p", { class: "quiet" }, `${hidden} more; type a part of the name.`));
    if (found.length === 0) items.push(element("p", { class: "quiet" }, "None is called so."));
    return items;
  }

  #item({ value, label }: Option): HTMLElement {
    const box = element("input", { type: "checkbox" });
    box.checked = this.#chosen.includes(value);
    box.addEventListener("change", () => {
      const others = this.#chosen.filter((other) => other !== value);
      this.#choose(box.checked ? [...others, value] : others);
    });
    return element("label", { class: "choice" }, box, element("span", {}, label));
  }

  #choose(chosen: string[]): void {
    const isCleared = chosen.length === 0 && this.#chosen.length > 0;
    this.#chosen = chosen;
    if (isCleared) this.#list.replaceChildren(...this.#items());
    this.#showButton();
    this.onChange(chosen);
  }
}
