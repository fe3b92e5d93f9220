import "./filter_bar.css";
import { byId, element, setText } from "../dom";
import type { Selection } from "../matrix/filter";
import { compareEnvironments, type Fleet } from "../matrix/fleet";
import { type Grouping, isFiltering, type Settings } from "../matrix/settings";
import { compareNames } from "../series";
import { isState, kStates, stateText } from "../state";
import { ColumnChooser } from "./column_chooser";
import { MultiChoice } from "./multi_choice";

/** `isTyping`: more of the same change is to come. */
export type OnChange = (change: Partial<Settings>, isTyping?: boolean) => void;

const kGroupTitles: Record<Grouping, string> = {
  project: "Group by project",
  environment: "Group by environment",
  none: "No groups",
};
const kNoFilters = { project: [], environment: [], account: [], state: [], text: "" };

/** The controls above the matrix: what it shows, and how. */
export class FilterBar {
  #search = element("input", {
    type: "search", class: "search", placeholder: "Search names, accounts, reasons", autocomplete: "off", spellcheck: "false",
    "aria-label": "Search",
  });
  #project = new MultiChoice("Project", (project) => this.#filter({ project }));
  #environment = new MultiChoice("Environment", (environment) => this.#filter({ environment }));
  #account = new MultiChoice("Account", (account) => this.#filter({ account }));
  #state = new MultiChoice("State", (state) => this.#filter({ state: state.filter(isState) }));
  #columns = new ColumnChooser((metrics) => this.onChange({ metrics }));
  #group = element("select", { class: "chip", "aria-label": "Groups" });
  #heat = element("button", { type: "button", class: "chip" }, "Heat map");
  #openAll = element("button", { type: "button", class: "chip" });
  #download = element(
    "button",
    { type: "button", class: "chip", "aria-label": "Download CSV", title: "Download the latest values that are shown" },
    "CSV",
  );
  #clear = element("button", { type: "button", class: "text-button" }, "Clear filters");
  #count = element("p", { class: "count", role: "status" });
  #settings: Settings | undefined;

  constructor(
    private readonly onChange: OnChange,
    onDownload: () => void,
  ) {
    this.#search.addEventListener("input", () => this.#filter({ text: this.#search.value }, true));
    for (const [value, title] of Object.entries(kGroupTitles)) this.#group.append(new Option(title, value));
    this.#group.addEventListener("change", () => this.#regroup(this.#group.value as Grouping));
    this.#heat.addEventListener("click", () => this.onChange({ heat: !this.#settings?.heat }));
    this.#openAll.addEventListener("click", () => {
      this.onChange({ open: { all: !this.#settings?.open.all, except: [] } });
    });
    this.#download.addEventListener("click", onDownload);
    this.#clear.addEventListener("click", () => this.onChange({ filters: kNoFilters }));
    byId("filters").replaceChildren(
      this.#search,
      element(
        "div",
        { class: "chips" },
        ...[this.#project, this.#environment, this.#account, this.#state, this.#columns].flatMap(({ parts }) => parts),
        element("span", { class: "bar-rule" }),
        this.#group,
        this.#openAll,
        this.#heat,
        this.#download,
        this.#clear,
      ),
      this.#count,
    );
  }

  show(settings: Settings, { spokes, metrics }: Fleet, selection: Selection): void {
    this.#settings = settings;
    const { filters, group, heat, open } = settings;
    if (this.#search.value !== filters.text) this.#search.value = filters.text;
    this.#project.show(options(spokes.map(({ project }) => project), compareNames), filters.project);
    const environments = spokes.map(({ environment }) => environment);
    this.#environment.show(options(environments, compareEnvironments), filters.environment);
    this.#account.show(options(spokes.map(({ account }) => account), compareNames), filters.account);
    this.#state.show(kStates.map((value) => ({ value, label: stateText(value) })), filters.state);
    this.#columns.show(metrics, settings.metrics);
    this.#group.value = group;
    this.#heat.setAttribute("aria-pressed", String(heat));
    this.#openAll.hidden = group === "none";
    setText(this.#openAll, open.all ? "Close all" : "Open all");
    this.#clear.hidden = !isFiltering(filters);
    const count = selection.spokes.length;
    const all = count === spokes.length ? "" : ` of ${spokes.length}`;
    setText(this.#count, `${count}${all} ${spokes.length === 1 ? "spoke" : "spokes"}`);
  }

  #filter(change: Partial<Settings["filters"]>, isTyping = false): void {
    if (!this.#settings) return;
    this.onChange({ filters: { ...this.#settings.filters, ...change } }, isTyping);
  }

  /** Environments are few and say little while closed; projects are many. */
  #regroup(group: Grouping): void {
    this.onChange({ group, open: { all: group === "environment", except: [] } });
  }
}

function options(names: string[], compare: (a: string, b: string) => number): { value: string; label: string }[] {
  const distinct = [...new Set(names)].sort(compare);
  return distinct.map((value) => ({ value, label: value || "(none)" }));
}
