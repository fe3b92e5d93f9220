import type { Latest, LatestRecord } from "../api";
import { compareNames } from "../series";

/** One account as one environment of a project, with its series by the fleet's metrics. */
export interface Spoke {
  key: string;
  project: string;
  environment: string;
  account: string;
  /** By the metric's index in Fleet.metrics; a hole where the metric is not configured. */
  records: (LatestRecord | undefined)[];
}

/** What the matrix is about: every spoke and every metric that any of them has. */
export interface Fleet {
  metrics: string[];
  spokes: Spoke[];
}

/** Spokes come by project, production first; metrics by name. */
export function buildFleet({ records, reports }: Pick<Latest, "records" | "reports">): Fleet {
  const metrics = [...new Set(records.map((record) => record.metric_name))].sort(compareNames);
  const indices = new Map(metrics.map((name, index) => [name, index]));
  const spokes = new Map<string, Spoke>();
  const spokeOf = (name: SpokeName): Spoke => {
    const key = spokeKey(name);
    const known = spokes.get(key);
    if (known) return known;
    const spoke = {
      key,
      project: name.project_name,
      environment: name.environment,
      account: name.account_id,
      records: new Array<LatestRecord | undefined>(metrics.length).fill(undefined),
    };
    spokes.set(key, spoke);
    return spoke;
  };
  for (const report of reports) spokeOf(report);
  for (const record of records) {
    const index = indices.get(record.metric_name);
    if (index !== undefined) spokeOf(record).records[index] = record;
  }
  return { metrics, spokes: [...spokes.values()].sort(compareSpokes) };
}

type SpokeName = Pick<LatestRecord, "project_name" | "environment" | "account_id">;

function spokeKey(name: SpokeName): string {
  return JSON.stringify([name.project_name, name.environment, name.account_id]);
}

function compareSpokes(a: Spoke, b: Spoke): number {
  return (
    compareNames(a.project, b.project) ||
    compareEnvironments(a.environment, b.environment) ||
    compareNames(a.account, b.account)
  );
}

/** Production first, then what stands before it, then development; other names between them. */
export function compareEnvironments(a: string, b: string): number {
  return environmentRank(a) - environmentRank(b) || compareNames(a, b);
}

function environmentRank(name: string): number {
  if (/^(prod|prd|live)/i.test(name)) return 0;
  if (/^(int|stag|pre|uat|acc|qa)/i.test(name)) return 1;
  if (/^(dev|sandbox|play)/i.test(name)) return 3;
  return 2;
}
