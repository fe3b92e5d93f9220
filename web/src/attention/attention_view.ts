import "./attention_view.css";
import type { AttentionItem } from "./api";
import { commandBox } from "../command_box";
import { element, setText } from "../dom";
import { kSeverities, type Severity } from "./severity";

const kAtFirst = 20;

/** What needs attention, worst first: what is wrong with whom, why, and what to do about it. */
export class AttentionView {
  #counts = element("div", { class: "attention-counts", role: "group", "aria-label": "Severity" });
  #list = element("ol", { class: "card attention-list" });
  #more = element("button", { type: "button", class: "attention-more" });
  #items: AttentionItem[] = [];
  #elements = new Map<string, HTMLElement>();
  #hub = "";
  #severity: Severity | undefined;
  #isWhole = false;

  /** `onSeries` is called with an item whose metric a person wants to see. */
  constructor(
    place: HTMLElement,
    private readonly onSeries: (item: AttentionItem) => void,
  ) {
    place.replaceChildren(element("div", { class: "attention" }, this.#counts, this.#list, this.#more));
    this.#more.addEventListener("click", () => {
      this.#isWhole = true;
      this.#draw();
    });
  }

  /** Items that were there already stay as they are, with focus and selection. */
  show(hub: string, items: AttentionItem[]): void {
    if (hub !== this.#hub) {
      this.#hub = hub;
      this.#severity = undefined;
      this.#isWhole = false;
    }
    this.#items = items;
    if (!items.some(({ severity }) => severity === this.#severity)) this.#severity = undefined;
    this.#draw();
  }

  #draw(): void {
    this.#drawCounts();
    const chosen = this.#items.filter(({ severity }) => !this.#severity || severity === this.#severity);
    const shown = this.#isWhole ? chosen : chosen.slice(0, kAtFirst);
    const known = this.#elements;
    this.#elements = new Map();
    for (const item of shown) {
      const key = JSON.stringify(item);
      this.#elements.set(key, known.get(key) ?? this.#itemElement(item));
    }
    const elements = [...this.#elements.values()];
    const inPlace =
      elements.length === this.#list.children.length &&
      elements.every((found, index) => this.#list.children[index] === found);
    if (!inPlace) this.#list.replaceChildren(...elements);
    this.#list.hidden = elements.length === 0;
    this.#more.hidden = shown.length === chosen.length;
    setText(this.#more, `Show all ${chosen.length}`);
  }

  #drawCounts(): void {
    const severities = Object.keys(kSeverities) as Severity[];
    const counts = severities.map((severity) => this.#items.filter((item) => item.severity === severity).length);
    const drawn = JSON.stringify([counts, this.#severity]);
    if (this.#counts.dataset["drawn"] === drawn) return;
    this.#counts.dataset["drawn"] = drawn;
    const focused = [...this.#counts.children].indexOf(document.activeElement ?? this.#counts);
    const buttons = severities.flatMap((severity, index) => {
      const count = counts[index] ?? 0;
      return count > 0 ? [this.#countButton(severity, count)] : [];
    });
    const nothing = element("p", { class: "attention-none" }, "✓ Nothing needs attention.");
    this.#counts.replaceChildren(...(buttons.length > 0 ? buttons : [nothing]));
    buttons[focused]?.focus();
  }

  #countButton(severity: Severity, count: number): HTMLButtonElement {
    const [glyph, one, many] = kSeverities[severity];
    const button = element(
      "button",
      { type: "button", "data-severity": severity, "aria-pressed": String(severity === this.#severity) },
      element("span", { class: "severity-glyph", "aria-hidden": "true" }, glyph),
      ` ${count} ${count === 1 ? one : many}`,
    );
    button.addEventListener("click", () => {
      this.#severity = severity === this.#severity ? undefined : severity;
      this.#draw();
    });
    return button;
  }

  #itemElement(item: AttentionItem): HTMLElement {
    const [glyph, text] = kSeverities[item.severity] ?? ["●", item.severity];
    const parts: HTMLElement[] = [element("p", {}, element("strong", {}, item.title), " ", this.#where(item))];
    if (item.detail) parts.push(element("p", { class: "attention-detail" }, item.detail));
    if (item.advice) parts.push(element("p", { class: "attention-advice" }, item.advice));
    if (item.command) parts.push(commandBox(item.command));
    return element(
      "li",
      { "data-severity": item.severity },
      element(
        "span",
        { class: "severity" },
        element("span", { class: "severity-glyph", "aria-hidden": "true" }, glyph),
        ` ${text}`,
      ),
      element("div", { class: "attention-text" }, ...parts),
    );
  }

  /** Whom it concerns; the name of a series is a button that shows it. */
  #where(item: AttentionItem): HTMLElement {
    const account = item.account_id && `account ${item.account_id}`;
    const names = [item.project_name, item.environment, account].filter((name) => name !== "");
    const place = names.join(" · ");
    if (!item.metric_name || !item.project_name) {
      const isSaid = item.title.includes(`${item.project_name}/${item.environment}`);
      return element("span", { class: "quiet" }, isSaid ? account : place);
    }
    const button = element("button", { type: "button", class: "series-link" }, `${item.metric_name} · ${place}`);
    button.addEventListener("click", () => this.onSeries(item));
    return button;
  }
}
