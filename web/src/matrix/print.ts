import "./print.css";
import { element } from "../dom";
import { compareEnvironments, type Fleet, type Spoke } from "./fleet";
import type { Selection } from "./filter";
import { stateGlyph } from "../svg";
import { stateText } from "../state";
import type { LatestRecord } from "../api";
import { ageText } from "./cell_text";

const kPlacesAbreast = 4; // what a portrait page has room for

/** Before the page is printed, fills `place` with all that is selected: a table for each project. */
export function printTables(place: HTMLElement, content: () => { fleet: Fleet; selection: Selection }): void {
  addEventListener("beforeprint", () => {
    const { fleet, selection } = content();
    place.replaceChildren(...projects(selection.spokes).flatMap((spokes) => tables(spokes, selection, fleet)));
  });
  addEventListener("afterprint", () => place.replaceChildren());
}

function projects(spokes: Spoke[]): Spoke[][] {
  const groups = new Map<string, Spoke[]>();
  for (const spoke of spokes) groups.set(spoke.project, [...(groups.get(spoke.project) ?? []), spoke]);
  return [...groups.values()];
}

function tables(spokes: Spoke[], selection: Selection, fleet: Fleet): HTMLElement[] {
  const ordered = [...spokes].sort((a, b) => compareEnvironments(a.environment, b.environment));
  const parts: HTMLElement[] = [];
  for (let first = 0; first < ordered.length; first += kPlacesAbreast) {
    parts.push(table(ordered.slice(first, first + kPlacesAbreast), selection, fleet));
  }
  return parts;
}

function table(spokes: Spoke[], { columns }: Selection, { metrics }: Fleet): HTMLElement {
  const now = Date.now();
  const heads = spokes.map((spoke) => element("th", { scope: "col" }, spoke.environment, " ", spoke.account));
  const rows = columns
    .filter((column) => spokes.some((spoke) => spoke.records[column]))
    .map((column) => {
      const cells = spokes.map((spoke) => element("td", {}, ...describe(spoke.records[column], now)));
      return element("tr", {}, element("th", { scope: "row" }, metrics[column] ?? ""), ...cells);
    });
  return element(
    "table",
    {},
    element("caption", {}, spokes[0]?.project ?? ""),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Metric"), ...heads)),
    element("tbody", {}, ...rows),
  );
}

function describe(record: LatestRecord | undefined, now: number): (Node | string)[] {
  if (!record) return [stateGlyph("not_configured"), ` ${stateText("not_configured")}`];
  const parts: (Node | string)[] = [
    element("strong", {}, record.value ?? "no value yet"),
    element("br"),
    stateGlyph(record.state),
    ` ${stateText(record.state)} · ${ageText(record, now)}`,
  ];
  if (record.reason) parts.push(element("br"), record.reason);
  return parts;
}
