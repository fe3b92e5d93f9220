// A believable fleet from a seed: projects with environments, a metric list, states of every kind.

const kMetrics = [
  "TotalCompletedTrainingJobs", "CompletedTrainingJobs24h", "NumberEndPointsInService", "SSMParamStoreValue",
  "ModelAccuracy", "ModelAuc", "PredictionLatencyMs", "PredictionsPerHour", "FeatureDrift", "DataQualityScore",
  "FailedTrainingJobs24h", "PipelineDurationS", "StorageGiB", "MonthlyCostEur", "OpenIncidents", "RowsIngested",
];
const kNames = [
  "churn", "fraud", "pricing", "forecast", "ranking", "vision", "speech", "search", "routing", "credit", "claims",
  "leads", "stock", "energy", "safety",
];
const kEnvironments = ["prod", "int", "dev", "test"];
const kIntervalsS = [900, 3600, 3600, 21_600, 86_400];
const kDayMs = 86_400_000;

/** Numbers from 0 to 1, the same for the same seed. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function metricName(index) {
  return kMetrics[index] ?? `CustomMetric${index + 1}`;
}

/** "2026-11-23 12:00:00.000123", UTC. */
export function dateText(ms) {
  return `${new Date(ms).toISOString().replace("T", " ").slice(0, 23)}123`;
}

export class Fleet {
  constructor({ spokes = 150, environments = 3, metrics = 30, seed = 4, now = Date.now() } = {}) {
    this.random = random(seed);
    this.hub = { account_id: "111111111111", name: "hub", region: "eu-west-1" };
    this.spokes = Array.from({ length: spokes }, (_, index) => this.#spoke(index, environments, now));
    const names = Array.from({ length: metrics }, (_, index) => metricName(index));
    this.metrics = names.map((name) => ({ name, description: `What ${name} counts.`, unit: unitOf(name) }));
    this.records = this.spokes.flatMap((spoke) => names.flatMap((name) => this.#record(spoke, name, now)));
    this.reports = this.spokes.map((spoke) => this.#report(spoke, now));
    this.trends = new Map();
  }

  #spoke(index, environments, now) {
    const project = Math.floor(index / environments);
    const name = kNames[project % kNames.length];
    const round = Math.floor(project / kNames.length);
    return {
      project_name: round === 0 ? name : `${name}-${round + 1}`,
      environment: kEnvironments[index % environments],
      account_id: String(200_000_000_000 + index * 7919),
      interval: kIntervalsS[Math.floor(this.random() * kIntervalsS.length)],
      state: index === 13 ? "silent" : index === 31 ? "late" : "reporting",
      from: now,
    };
  }

  #record(spoke, name, now) {
    const { interval, state: spokeState, from, ...names } = spoke;
    const dice = this.random();
    if (dice < 0.08) return [];
    const state =
      spokeState !== "reporting" ? spokeState : dice < 0.085 ? "failed" : dice < 0.1 ? "late" : "fresh";
    const ages = { fresh: this.random(), late: 1.6, silent: 30, failed: 3 };
    const hasValue = !(state === "failed" && dice < 0.0825);
    const value = hasValue ? this.#value(name) : null;
    return [
      {
        ...names,
        metric_name: name,
        state,
        ...(state === "failed" ? { reason: "ParameterNotFound: /models/threshold does not exist" } : {}),
        expected_interval_s: interval,
        extraction_date: hasValue ? dateText(now - ages[state] * interval * 1000) : null,
        value,
        number: value === null ? null : Number(value),
      },
    ];
  }

  #value(name) {
    const dice = this.random();
    if (/Accuracy|Auc|Score|Drift|Value/.test(name)) return (0.6 + dice * 0.39).toFixed(4);
    if (/Failed|Incidents|24h|EndPoints/.test(name)) return String(Math.max(0, Math.floor(dice * 9) - 3));
    if (/Rows/.test(name)) return String(Math.floor(dice ** 3 * 4e9));
    if (/GiB|Cost|Latency/.test(name)) return (dice ** 2 * 900).toFixed(2);
    return String(Math.floor(dice ** 2 * 4000));
  }

  #report(spoke, now) {
    const { interval, state, from, ...names } = spoke;
    return { ...names, date: dateText(now - 60_000), fetch_id: "", metrics: [], failures: [], duration_ms: 40 };
  }

  find(project, environment, metric) {
    return this.records.find(
      (record) =>
        record.project_name === project && record.environment === environment && record.metric_name === metric,
    );
  }

  /** A new value, extracted now. */
  set(project, environment, metric, value) {
    const record = this.find(project, environment, metric);
    Object.assign(record, { value, number: Number(value), state: "fresh", extraction_date: dateText(Date.now()) });
    delete record.reason;
  }

  latest() {
    return { hub: this.hub, records: this.records, reports: this.reports };
  }

  overview() {
    const count = (state) => this.spokes.filter((spoke) => spoke.state === state).length;
    return {
      hub: this.hub,
      projects: new Set(this.spokes.map((spoke) => spoke.project_name)).size,
      series: this.records.length,
      spokes: { reporting: count("reporting"), late: count("late"), silent: count("silent") },
      failing_metrics: this.records.filter(({ state }) => state === "failed").length,
      dead_letters: 2,
      quarantined: 0,
      refresh_schedule_s: 3600,
      last_fetch: this.lastFetch ?? {
        fetch_id: "f0", date: dateText(Date.now() - 12 * 60_000), spokes: this.spokes.length,
        answered: this.spokes.length - 1,
      },
    };
  }

  history() {
    const now = Math.floor(Date.now() / 3_600_000) * 3600;
    const time = Array.from({ length: 48 }, (_, hour) => now - (47 - hour) * 3600);
    const last = time.map((_, hour) => hour % 7);
    return { from: time[0], to: now, time, min: last, max: last, mean: last, last, count: last.map(() => 1), raw: true };
  }

  attention() {
    const failed = this.records.filter(({ state }) => state === "failed").map(({ reason, ...record }) => ({
      severity: "warning", kind: "failing_metric", title: `${record.metric_name} fails`, detail: reason,
      advice: "Put the parameter, or take the metric out of the spoke.", command: "", ...nameOf(record),
      metric_name: record.metric_name,
    }));
    const silent = this.spokes.filter(({ state }) => state === "silent").map((spoke) => ({
      severity: "critical", kind: "silent_spoke", title: `${spoke.project_name} ${spoke.environment} is silent`,
      detail: "Its last report is 30 days old.", advice: "Ask for a ping.",
      command: `dsdash doctor spoke --account ${spoke.account_id}`, ...nameOf(spoke), metric_name: "",
    }));
    return { items: [...silent, ...failed] };
  }

  connections() {
    const spokes = this.spokes.map(({ account_id, project_name, environment, state }) => ({
      account_id, registrations: [{ project_name, environment }], state,
      connection: state === "silent" ? "half_connected" : "connected",
      last_event_time: Math.floor(Date.now() / 1000) - (state === "silent" ? 30 * 86_400 : 60),
      delay_s: 0.4, dead_letters: 0, metrics: 28, failing: 0, findings: [],
    }));
    return { hub: this.hub, spokes };
  }

  trendsOf(project) {
    const today = Math.floor(Date.now() / kDayMs) * kDayMs;
    const days = Array.from({ length: 31 }, (_, index) => (today - (30 - index) * kDayMs) / 1000);
    const series = this.records.filter(({ project_name }) => project_name === project).map((record) => this.#trend(record));
    return { day_times: days, series };
  }

  #trend({ environment, account_id, metric_name, number }) {
    const steps = random([...account_id + metric_name].reduce((sum, sign) => Math.imul(sum, 31) + sign.charCodeAt(0), 7));
    let value = number ?? 0;
    const size = Math.abs(value) * 0.08 || 0.4;
    const last = Array.from({ length: 31 }, () => {
      const day = value;
      value -= (steps() - 0.45) * size;
      if (Number.isInteger(number)) value = Math.max(0, Math.round(value));
      return day;
    }).reverse();
    if (steps() < 0.15) last.fill(null, 5, 9);
    return { environment, account_id, metric_name, last, day_ago: last[29], week_ago: last[23] };
  }
}

function nameOf({ project_name, environment, account_id }) {
  return { project_name, environment, account_id };
}

function unitOf(name) {
  if (/Ms$/.test(name)) return "ms";
  if (/GiB/.test(name)) return "GiB";
  if (/Eur/.test(name)) return "EUR";
  if (/S$/.test(name)) return "s";
  return "";
}
