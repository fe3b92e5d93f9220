import type { AddressChange } from "../address";
import { isState, type State } from "../state";

/** How the matrix is to be shown; all of it stands in the address. */
export interface Settings {
  group: Grouping;
  /** The metric to sort by; "" sorts by name. */
  sort: string;
  descending: boolean;
  heat: boolean;
  /** The columns in their order; none means all. */
  metrics: string[];
  filters: Filters;
  open: Openness;
}

export const kGroupings = ["project", "environment", "none"] as const;
export type Grouping = (typeof kGroupings)[number];

/** For each of them: nothing chosen lets everything through. */
export interface Filters {
  project: string[];
  environment: string[];
  account: string[];
  state: State[];
  /** Words that must all be found in a series' names or reason. */
  text: string;
}

/** Which groups are open: all but `except`, or none but `except`. */
export interface Openness {
  all: boolean;
  except: string[];
}

export function readSettings(query: URLSearchParams): Settings {
  const group = query.get("group");
  const all = query.get("open") === "*";
  return {
    group: kGroupings.find((known) => known === group) ?? "project",
    sort: query.get("sort") ?? "",
    descending: query.get("order") === "desc",
    heat: query.get("heat") === "on",
    metrics: query.getAll("metric"),
    filters: {
      project: query.getAll("project"),
      environment: query.getAll("environment"),
      account: query.getAll("account"),
      state: query.getAll("state").filter(isState),
      text: query.get("q") ?? "",
    },
    open: { all, except: query.getAll(all ? "closed" : "open") },
  };
}

/** The part of an address that leads to `settings`. */
export function settingsAddress({ group, sort, descending, heat, metrics, filters, open }: Settings): AddressChange {
  return {
    group: group === "project" ? null : group,
    sort: sort || null,
    order: descending ? "desc" : null,
    heat: heat ? "on" : null,
    metric: metrics,
    project: filters.project,
    environment: filters.environment,
    account: filters.account,
    state: filters.state,
    q: filters.text || null,
    open: open.all ? "*" : open.except,
    closed: open.all ? open.except : null,
  };
}

export function isOpen({ all, except }: Openness, name: string): boolean {
  return all !== except.includes(name);
}

export function toggled(open: Openness, name: string): Openness {
  const others = open.except.filter((other) => other !== name);
  const except = others.length === open.except.length ? [...others, name] : others;
  return { all: open.all, except };
}

export function isFiltering({ project, environment, account, state, text }: Filters): boolean {
  return [project, environment, account, state].some((chosen) => chosen.length > 0) || text.trim() !== "";
}
