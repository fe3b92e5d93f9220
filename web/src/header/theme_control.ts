import "./theme_control.css";
import { byId, element } from "../dom";
import { chooseTheme, chosenTheme, kThemes, showTheme, type Theme } from "../theme";

const kTitles: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

/** Chooses whether the page is light or dark; a choice in another tab is followed. */
export class ThemeControl {
  #select = element("select", { id: "theme-select", title: "Theme" });

  constructor() {
    for (const theme of kThemes) this.#select.append(new Option(kTitles[theme], theme));
    this.#select.value = chosenTheme();
    this.#select.addEventListener("change", () => chooseTheme(this.#select.value as Theme));
    addEventListener("storage", () => {
      this.#select.value = chosenTheme();
      showTheme(chosenTheme());
    });
    byId("theme").replaceChildren(element("label", { for: "theme-select", class: "quiet" }, "Theme "), this.#select);
  }
}
