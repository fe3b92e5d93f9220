import "./tabs.css";
import { byId, element } from "./dom";

export interface Tab {
  id: string;
  title: string;
}

/** The views of the page: one is shown, the tab key enters, arrow keys choose. */
export class Tabs {
  #buttons: HTMLButtonElement[];
  #notes = new Map<string, HTMLElement>();

  constructor(
    private readonly tabs: readonly Tab[],
    private readonly onChoice: (id: string) => void,
  ) {
    this.#buttons = tabs.map(({ id, title }) => {
      const button = element(
        "button",
        { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `view-${id}` },
        title,
      );
      const note = element("span", { class: "tab-note" });
      button.append(note);
      this.#notes.set(id, note);
      button.addEventListener("click", () => this.onChoice(id));
      return button;
    });
    const list = byId("tabs");
    list.replaceChildren(...this.#buttons);
    list.addEventListener("keydown", (event) => this.#pressed(event));
  }

  show(chosen: string): void {
    this.tabs.forEach(({ id }, index) => {
      const isChosen = id === chosen;
      const button = this.#buttons[index];
      button?.setAttribute("aria-selected", String(isChosen));
      if (button) button.tabIndex = isChosen ? 0 : -1;
      byId(`view-${id}`).hidden = !isChosen;
    });
  }

  /** Says something beside a tab's title, instead of what was said before. */
  note(id: string, content: HTMLElement[]): void {
    const spaced = content.flatMap((part) => [" ", part]);
    this.#notes.get(id)?.replaceChildren(...spaced);
  }

  #pressed(event: KeyboardEvent): void {
    const count = this.#buttons.length;
    const at = this.#buttons.findIndex((button) => button === document.activeElement);
    const targets: Record<string, number> = {
      ArrowLeft: (at + count - 1) % count,
      ArrowRight: (at + 1) % count,
      Home: 0,
      End: count - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#buttons[target]?.focus();
    this.#buttons[target]?.click();
  }
}
