/** Which series are drawn with the one that a drawer is about: others of the same metric. */

import type { LatestRecord } from "../api";
import { compareSeries, seriesKey } from "../series";

/** With the series itself as many lines as there are colours. */
export const kOverlaysMax = 7;

/** The series that can be drawn with `series`: the project's own environments first. */
export function comparable(series: LatestRecord, records: readonly LatestRecord[]): LatestRecord[] {
  const own = seriesKey(series);
  const others = records.filter(
    (record) => record.metric_name === series.metric_name && record.number !== null && seriesKey(record) !== own,
  );
  const distance = (record: LatestRecord) => Number(record.project_name !== series.project_name);
  return others.sort((a, b) => distance(a) - distance(b) || compareSeries(a, b));
}

/** Without a choice: the project's other environments. */
export function chosenOverlays(
  series: LatestRecord,
  candidates: readonly LatestRecord[],
  text: string | null,
): LatestRecord[] {
  const names = text?.split(",");
  const chosen = candidates.filter((record) =>
    names ? names.includes(overlayName(record)) : record.project_name === series.project_name,
  );
  return chosen.slice(0, kOverlaysMax);
}

/** What an address calls `overlay`; null for the choice that needs no words. */
export function formatOverlays(
  series: LatestRecord,
  candidates: readonly LatestRecord[],
  chosen: readonly LatestRecord[],
): string | null {
  const text = chosen.map(overlayName).join(",");
  return text === chosenOverlays(series, candidates, null).map(overlayName).join(",") ? null : text;
}

/** "churn/dev/222222222222", each part escaped. */
export function overlayName(record: LatestRecord): string {
  return [record.project_name, record.environment, record.account_id].map(encodeURIComponent).join("/");
}
