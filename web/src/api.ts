/** The query API, as docs/api.md describes it. */
import type { State } from "./state";

export type { State as SeriesState } from "./state";

export interface Hub {
  account_id: string;
  name: string;
  region: string;
}

export interface Home {
  hubs: Hub[];
  /** The folder that dsdash serve was started with, as an absolute path. */
  data_folder: string;
  /** What the reader may do: a viewer asks for no new data. */
  role?: "operator" | "viewer";
}

/** The newest value of one series; the last four are null while nothing came. */
export interface LatestRecord {
  project_name: string;
  environment: string;
  account_id: string;
  metric_name: string;
  state: State;
  /** Why the newest extraction failed; only if it did. */
  reason?: string;
  expected_interval_s: number | null;
  extraction_date: string | null;
  /** The exact decimal. */
  value: string | null;
  number: number | null;
}

export interface Report {
  account_id: string;
  project_name: string;
  environment: string;
  date: string;
  metrics: string[];
  failures: { metric_name: string; reason: string }[];
  duration_ms: number;
}

export interface Latest {
  hub: Hub;
  records: LatestRecord[];
  reports: Report[];
}

export interface Overview {
  projects: number;
  series: number;
  spokes: { reporting: number; late: number; silent: number };
  failing_metrics: number;
  dead_letters: number;
  quarantined: number;
  refresh_schedule_s: number | null;
  last_fetch: { fetch_id: string; date: string; spokes: number; answered: number } | null;
}

/** 30 days and today of one project's series. */
export interface Trends {
  day_times: number[];
  series: Trend[];
}

export interface Trend {
  environment: string;
  account_id: string;
  metric_name: string;
  /** The last value of each day; null where it has none. */
  last: (number | null)[];
  /** The values that stood 24 hours and 7 days ago. */
  day_ago: number | null;
  week_ago: number | null;
}

export interface MetricCatalogue {
  metrics: { name: string; description: string; unit: string }[];
}

export interface SpokeName {
  account_id: string;
  project_name: string;
  environment: string;
}

export interface StartedRefresh {
  fetch_id: string;
  date: string;
  spokes: SpokeName[];
}

export interface RefreshProgress {
  fetch_id: string;
  date: string;
  spokes: number;
  answered: number;
  waiting_for: SpokeName[];
  slowest: (SpokeName & { seconds: number }) | null;
  complete: boolean;
}

/** Columns of equal length. */
export interface History {
  time: number[];
  last: number[];
}

/** The server answered, but with an error. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

/** The server did not answer, or not in time. */
export class Unreachable extends Error {}

const kTimeoutMs = 10_000;

async function ask(url: string, request: RequestInit = {}): Promise<Response> {
  const options = { cache: "no-store", signal: AbortSignal.timeout(kTimeoutMs), ...request } as const;
  const response = await fetch(url, options).catch((error: unknown) => {
    throw new Unreachable(String(error));
  });
  if (response.ok || response.status === 304) return response;
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, problem.detail ?? `status ${response.status}`);
}

/** Reads JSON that is not watched: asked for once, by what a person does. */
export async function readJson<T>(path: string, query: Record<string, string> = {}): Promise<T> {
  const response = await ask(`/api/v1/${path}?${new URLSearchParams(query)}`);
  return (await response.json()) as T;
}

/** The answer's JSON, or nothing when it has no content. */
export async function postJson<T>(url: string, body: object): Promise<T | undefined> {
  const headers = { "Content-Type": "application/json" };
  const response = await ask(url, { method: "POST", headers, body: JSON.stringify(body) });
  return response.status === 204 ? undefined : ((await response.json()) as T);
}

/** Reads one address again and again; what did not change is not sent again (ETag). */
export class Watched<T> {
  #tag = "";
  #value: T | undefined;

  constructor(readonly url: string) {}

  /** The same object as before when nothing changed. */
  async read(): Promise<T> {
    const headers: Record<string, string> = this.#tag ? { "If-None-Match": this.#tag } : {};
    const response = await ask(this.url, { headers });
    if (response.status !== 304 || this.#value === undefined) {
      this.#value = (await response.json()) as T;
      this.#tag = response.headers.get("ETag") ?? "";
    }
    return this.#value;
  }
}

export const kHubsUrl = "/api/v1/hubs";
export const kMetricsUrl = "/api/v1/metrics";
export const kRefreshUrl = "/api/v1/refresh";
export const kSessionUrl = "/api/v1/session";

/** The address of one of a hub's resources: "latest", "overview", … */
export function hubUrl(resource: string, hub: string): string {
  return `/api/v1/${resource}?${new URLSearchParams({ hub })}`;
}
