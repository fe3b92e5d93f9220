/** The query API, as src/dashboard/api.hpp describes it. */

export interface Hub {
  account_id: string;
  name: string;
  region: string;
}

export interface Home {
  hubs: Hub[];
  /** The folder that dsdash serve was started with, as an absolute path. */
  data_folder: string;
}

/** The newest value of one series. */
export interface LatestRecord {
  project_name: string;
  environment: string;
  account_id: string;
  metric_name: string;
  extraction_date: string;
  /** The exact decimal. */
  value: string;
  number: number;
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

const kTimeoutMs = 10_000;

async function get(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, {
    headers,
    cache: "no-store",
    signal: AbortSignal.timeout(kTimeoutMs),
  });
  if (response.ok || response.status === 304) return response;
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, problem.detail ?? `status ${response.status}`);
}

/** Reads one address again and again; what did not change is not sent again (ETag). */
export class Watched<T> {
  #tag = "";
  #value: T | undefined;

  constructor(readonly url: string) {}

  async read(): Promise<T> {
    const response = await get(this.url, this.#tag ? { "If-None-Match": this.#tag } : {});
    if (response.status !== 304 || this.#value === undefined) {
      this.#value = (await response.json()) as T;
      this.#tag = response.headers.get("ETag") ?? "";
    }
    return this.#value;
  }
}

export const kHubsUrl = "/api/v1/hubs";

export function latestUrl(hub: string): string {
  return `/api/v1/latest?${new URLSearchParams({ hub })}`;
}

export async function readHistory(
  hub: string,
  series: LatestRecord,
  from: Date,
  to: Date,
  points: number,
): Promise<History> {
  const query = new URLSearchParams({
    hub,
    metric: series.metric_name,
    project: series.project_name,
    environment: series.environment,
    account: series.account_id,
    from: from.toISOString(),
    to: to.toISOString(),
    points: String(points),
  });
  return (await (await get(`/api/v1/history?${query}`)).json()) as History;
}
