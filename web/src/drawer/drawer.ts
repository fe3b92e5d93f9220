import type { Latest, LatestRecord } from "../api";

/** Shows the history of `series`. */
export function openDrawer(context: { hub: string; latest: Latest }, series: LatestRecord): void {
  void context;
  void series;
}

/** Closes what openDrawer has opened, if it is open. */
export function closeDrawer(): void {}
