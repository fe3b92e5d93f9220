import { element } from "../dom";
import { svg } from "../svg";
import { listed, movedColumn, shown, withColumn } from "./column_order";
import { Popover } from "./popover";
import { RowDrag } from "./row_drag";

const kDots = "M3 1h2v2H3zM7 1h2v2H7zM3 5h2v2H3zM7 5h2v2H7zM3 9h2v2H3zM7 9h2v2H7z";

/** Chooses the matrix's columns and their order. */
export class ColumnChooser {
  #popover = new Popover("Metrics", () => this.#fill());
  #list = element("ul", { class: "choices" });
  #all = element("button", { type: "button", class: "text-button" }, "Show all");
  #metrics: string[] = [];
  #chosen: string[] = [];

  constructor(private readonly onChange: (chosen: string[]) => void) {
    new RowDrag(this.#list, ({ dataset }, steps) => this.#drop(dataset["metric"] ?? "", steps));
    this.#all.addEventListener("click", () => this.#choose([]));
    this.#popover.panel.append(this.#list, this.#all);
  }

  get parts(): HTMLElement[] {
    return [this.#popover.button, this.#popover.panel];
  }

  show(metrics: string[], chosen: string[]): void {
    this.#metrics = metrics;
    this.#chosen = chosen;
    const count = shown(metrics, chosen).length;
    const text = chosen.length === 0 ? "Metrics" : `Metrics: ${count} of ${metrics.length}`;
    const { button } = this.#popover;
    if (button.textContent !== text) button.textContent = text;
    button.classList.toggle("chosen", chosen.length > 0);
    this.#all.disabled = chosen.length === 0;
  }

  #fill(): void {
    this.#list.replaceChildren(...listed(this.#metrics, this.#chosen).map((name) => this.#item(name)));
  }

  #item(name: string): HTMLElement {
    const columns = shown(this.#metrics, this.#chosen);
    const position = columns.indexOf(name);
    const box = element("input", { type: "checkbox", "data-focus": `${name} box` });
    box.checked = position >= 0;
    box.addEventListener("change", () => {
      this.#choose(withColumn(this.#metrics, this.#chosen, name, box.checked));
    });
    const label = element("label", { class: "choice" }, box, element("span", {}, name));
    if (position < 0) return element("li", {}, label);
    const up = this.#mover(name, -1, position === 0);
    const down = this.#mover(name, 1, position === columns.length - 1);
    return element("li", { "data-metric": name }, label, up, down, grip());
  }

  #mover(name: string, steps: number, isEdge: boolean): HTMLElement {
    const [arrow, where] = steps < 0 ? ["↑", "left"] : ["↓", "right"];
    const label = `Move ${name} to the ${where}`;
    const button = element("button", { type: "button", class: "mover", "aria-label": label, title: label }, arrow);
    button.dataset["focus"] = `${name} ${steps}`;
    button.disabled = isEdge;
    button.addEventListener("click", () => this.#choose(movedColumn(this.#metrics, this.#chosen, name, steps)));
    return button;
  }

  #drop(name: string, steps: number): void {
    this.#choose(movedColumn(this.#metrics, this.#chosen, name, steps), `${name} box`);
  }

  #choose(chosen: string[], focused = (document.activeElement as HTMLElement | null)?.dataset["focus"]): void {
    this.onChange(chosen);
    this.#fill();
    const again = [...this.#list.querySelectorAll<HTMLElement>("[data-focus]")];
    again.find((candidate) => candidate.dataset["focus"] === focused)?.focus();
  }
}

/** For the pointer only: with the keyboard the buttons beside it move the column. */
function grip(): HTMLElement {
  const dots = svg("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("path", { d: kDots }));
  return element("span", { class: "grip", title: "Drag to move" }, dots);
}
