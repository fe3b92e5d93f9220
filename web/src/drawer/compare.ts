import type { LatestRecord } from "../api";
import { element } from "../dom";
import { overlayName } from "./overlay";

/** A chooser that adds one more series of the same metric to the plot. */
export class Compare {
  readonly element = element("label", { class: "compare" }, "Compare with ");
  #select = element("select");
  #offered: LatestRecord[] = [];
  #shown = "";

  constructor(onAdd: (record: LatestRecord) => void) {
    this.element.append(this.#select);
    this.#select.addEventListener("change", () => {
      const record = this.#offered[this.#select.selectedIndex - 1];
      this.#select.selectedIndex = 0;
      if (record) onAdd(record);
    });
  }

  /** Offers `records`, which are ordered by project; with `isFull` none can be added. */
  show(records: LatestRecord[], isFull: boolean): void {
    this.#offered = records;
    this.element.hidden = records.length === 0;
    this.#select.disabled = isFull;
    const shown = JSON.stringify([records.map(overlayName), isFull]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const first = new Option(isFull ? "no more lines" : "another project…", "");
    const projects = [...new Set(records.map((record) => record.project_name))];
    const own = (project: string) => records.filter((record) => record.project_name === project);
    this.#select.replaceChildren(first, ...projects.map((project) => group(project, own(project))));
  }
}

function group(project: string, records: LatestRecord[]): HTMLElement {
  const options = records.map(
    (record) => new Option(`${project} · ${record.environment} (${record.account_id || "no account"})`),
  );
  return element("optgroup", { label: project }, ...options);
}
