import type { AttentionItem } from "./api";

export type Severity = AttentionItem["severity"];

/** Worst first; a shape and a word beside the colour. */
export const kSeverities: Record<Severity, [glyph: string, one: string, many: string]> = {
  critical: ["◆", "critical", "critical"],
  warning: ["▲", "warning", "warnings"],
  notice: ["●", "notice", "notices"],
};
