/** Whether the page is light or dark: as the system is, or as was chosen; theme.css does as data-theme says. */
export const kThemes = ["system", "light", "dark"] as const;
export type Theme = (typeof kThemes)[number];

const kKey = "dsdash.theme";
const kShown = "themeshown";

/** What was chosen in this browser. */
export function chosenTheme(): Theme {
  const kept = keptTheme();
  return kThemes.find((theme) => theme === kept) ?? "system";
}

/** Where the browser keeps nothing, the choice lasts as long as the page. */
export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(kKey, theme);
  } catch {
    // kept nowhere
  }
  showTheme(theme);
}

export function showTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset["theme"];
  else dataset["theme"] = theme;
  dispatchEvent(new Event(kShown));
}

/** Calls back when light may have turned dark or the other way; canvases have to be drawn anew. */
export function onThemeChange(callback: () => void, signal: AbortSignal): void {
  addEventListener(kShown, callback, { signal });
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(query).addEventListener("change", callback, { signal });
  }
}

function keptTheme(): string | null {
  try {
    return localStorage.getItem(kKey);
  } catch {
    return null;
  }
}
