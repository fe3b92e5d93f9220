import { element } from "../dom";
import type { AttentionItem } from "./api";
import { kSeverities } from "./severity";

/** How much is critical and how many warnings there are, for the tab; notices can wait until somebody looks. */
export function attentionCounts(items: AttentionItem[]): HTMLElement[] {
  return (["critical", "warning"] as const).flatMap((severity) => {
    const count = items.filter((item) => item.severity === severity).length;
    if (count === 0) return [];
    const [glyph, one, many] = kSeverities[severity];
    return element(
      "span",
      { class: "tab-count", "data-severity": severity },
      element("span", { class: "severity-glyph", "aria-hidden": "true" }, glyph),
      ` ${count}`,
      element("span", { class: "unseen" }, ` ${count === 1 ? one : many}`),
    );
  });
}
