import "./popover.css";
import { element } from "../dom";

const kMargin = 8; // pixels to the window's edge

/** A panel that a button opens; a click elsewhere or Escape closes it. */
export class Popover {
  readonly button = element("button", { type: "button", class: "chip", "aria-expanded": "false" });
  readonly panel = element("div", { popover: "auto", class: "panel", role: "group" });

  /** `onOpen` fills the panel. */
  constructor(label: string, onOpen: () => void) {
    this.panel.setAttribute("aria-label", label);
    this.button.popoverTargetElement = this.panel;
    this.panel.addEventListener("beforetoggle", (event) => {
      if ((event as ToggleEvent).newState === "open") onOpen();
    });
    this.panel.addEventListener("toggle", (event) => {
      const isOpen = (event as ToggleEvent).newState === "open";
      this.button.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) return;
      this.#place();
      this.panel.querySelector<HTMLElement>("input:not([hidden]), button")?.focus();
    });
  }

  get isOpen(): boolean {
    return this.button.getAttribute("aria-expanded") === "true";
  }

  #place(): void {
    const { left, bottom } = this.button.getBoundingClientRect();
    const room = document.documentElement.clientWidth - this.panel.offsetWidth - kMargin;
    this.panel.style.left = `${Math.max(kMargin, Math.min(left, room))}px`;
    this.panel.style.top = `${bottom + 4}px`;
    this.panel.style.maxHeight = `${Math.max(160, innerHeight - bottom - 4 - kMargin)}px`;
  }
}
