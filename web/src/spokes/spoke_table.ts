import { commandBox } from "../command_box";
import { element, setText } from "../dom";
import { stateMark } from "../drawer/state_mark";
import { formatAge } from "../time";
import { formatDuration } from "../drawer/facts";
import type { Finding, Spoke } from "./api";
import { badness, kConnections, kLooks, spokeName } from "./words";

const kColumns = ["Spoke", "Connection", "State", "Last event", "Delay", "Dead letters", "Failing"];
const kNumbers = kColumns.slice(3);

interface Entry {
  spoke: Spoke;
  rows: HTMLTableRowElement[];
  age: HTMLElement;
}

/** Every spoke, those that need something first, each with what is wrong and the command that mends it. */
export class SpokeTable {
  readonly element: HTMLElement;
  #body = element("tbody", { role: "rowgroup" });
  #entries = new Map<string, Entry>();

  constructor() {
    // The roles are spelled out because the narrow layout (spokes_view.css) would take them away.
    const heads = kColumns.map((name) =>
      element("th", { role: "columnheader", scope: "col", class: kNumbers.includes(name) ? "number" : "" }, name),
    );
    const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads));
    const table = element("table", { role: "table", class: "spokes-table", "aria-label": "Spokes" }, head, this.#body);
    const scrolled = { class: "card spokes-scroll", role: "region", "aria-label": "Table of spokes", tabindex: "0" };
    this.element = element("div", scrolled, table);
  }

  /** Spokes that are as they were keep their rows, with focus and selection. */
  show(spokes: Spoke[]): void {
    const known = this.#entries;
    this.#entries = new Map();
    const ranked = [...spokes].sort(
      (a, b) => badness(b) - badness(a) || spokeName(a).localeCompare(spokeName(b), "en", { numeric: true }),
    );
    for (const spoke of ranked) {
      const before = known.get(spoke.account_id);
      const isSame = before && JSON.stringify(before.spoke) === JSON.stringify(spoke);
      this.#entries.set(spoke.account_id, isSame ? before : createEntry(spoke));
    }
    const rows = [...this.#entries.values()].flatMap((entry) => entry.rows);
    const inPlace =
      rows.length === this.#body.children.length && rows.every((row, index) => this.#body.children[index] === row);
    if (!inPlace) this.#body.replaceChildren(...rows);
    this.tick();
  }

  /** Leads the person to a spoke's row. */
  reveal(spoke: Spoke): void {
    const [row] = this.#entries.get(spoke.account_id)?.rows ?? [];
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  }

  /** Brings the ages up to date. */
  tick(): void {
    for (const { spoke, age } of this.#entries.values()) {
      const time = spoke.last_event_time;
      setText(age, time === null ? "none yet" : formatAge(Date.now() - time * 1000));
    }
  }
}

function createEntry(spoke: Spoke): Entry {
  const age = cell("Last event", "number");
  const name = element("th", { role: "rowheader", scope: "row" }, element("strong", {}, spokeName(spoke)));
  if (spoke.registrations.length > 0) name.append(element("span", { class: "quiet" }, spoke.account_id));
  const row = element(
    "tr",
    { role: "row", tabindex: "-1" },
    name,
    cell("Connection", "", connectionMark(spoke)),
    cell("State", "", stateMarkOf(spoke)),
    age,
    cell("Delay", "number", spoke.delay_s === null ? "–" : formatDuration(spoke.delay_s * 1000)),
    cell("Dead letters", "number", troubled(spoke.dead_letters, String(spoke.dead_letters))),
    cell("Failing", "number", troubled(spoke.failing, `${spoke.failing} of ${spoke.metrics}`)),
  );
  const findings = spoke.findings.filter((finding) => finding.state === "wrong" || finding.command !== "");
  return { spoke, rows: [row, ...findings.map(findingRow)], age };
}

function findingRow(finding: Finding): HTMLTableRowElement {
  const text = element("p", {}, element("span", { class: "finding-check" }, finding.check), ` ${finding.message}`);
  const content = element("td", { role: "cell", colspan: String(kColumns.length) }, text);
  if (finding.command) content.append(commandBox(finding.command));
  return element("tr", { role: "row", class: "finding", "data-finding": finding.state }, content);
}

function cell(name: string, className: string, ...children: (Node | string)[]): HTMLTableCellElement {
  return element("td", { role: "cell", class: className, "data-label": name }, ...children);
}

const kGlyphs = { connected: "✓", half_connected: "◐", not_connected: "✕", unknown: "?" };

function connectionMark({ connection }: Spoke): HTMLElement {
  return element(
    "span",
    { class: "connection-mark", "data-connection": connection },
    element("span", { "aria-hidden": "true" }, kGlyphs[connection]),
    ` ${kConnections[connection]}`,
  );
}

function stateMarkOf(spoke: Spoke): HTMLElement {
  const mark = stateMark(kLooks[spoke.state]);
  mark.lastChild?.replaceWith(` ${spoke.state}`);
  return mark;
}

function troubled(count: number, text: string): HTMLElement {
  return element("span", { class: count > 0 ? "troubled" : "quiet" }, text);
}
