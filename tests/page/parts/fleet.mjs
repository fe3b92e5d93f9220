// A made-up hub: believable enough to look at, and the same every time. Values are hourly, on the hour.

export const kHub = { account_id: "111111111111", name: "central", region: "eu-west-1" };
const kHourS = 3600;
const kFirst = Date.UTC(2021, 0, 1) / 1000;
const kProjects = ["churn", "demand-forecast", "fraud-detection", "pricing"];
const kMoreProjects = ["recommendations", "routing", "search-ranking", "segmentation", "vision"];
const kEnvironments = ["dev", "int", "prod"];
const kMetrics = [
  { name: "TotalCompletedTrainingJobs", description: "Training jobs that ended as Completed, ever.", unit: "Count" },
  { name: "NumberEndPointsInService", description: "Endpoints whose status is InService.", unit: "Count" },
  { name: "SSMParamStoreValue", description: "The number in the parameter that ssm_parameter names.", unit: "None" },
];

/** The last full hour. */
export function now() {
  return Math.floor(Date.now() / 1000 / kHourS) * kHourS;
}

function noise(...seed) {
  let hash = 2166136261;
  for (const char of seed.join("/")) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2246822519);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** The exact value of a series at an hour; null in its outages. */
export function valueAt(project, environment, metric, time) {
  const hour = (time - kFirst) / kHourS;
  const day = Math.floor(hour / 24);
  const scale = 1 + 2 * kEnvironments.indexOf(environment) + noise(project);
  const isWeekend = [5, 6].includes((day + 4) % 7);
  if (project === "churn" && environment === "prod" && hour % 2200 > 2130) return null;
  if (metric === "TotalCompletedTrainingJobs") return String(Math.floor(scale * (hour / 30 + 3 * Math.sin(day / 3))));
  if (metric === "NumberEndPointsInService") return String(isWeekend ? 0 : Math.round(scale * (1 + noise(project, day))));
  const value = 0.0004 * scale * Math.exp(3 * Math.sin(day / 40) + noise(project, environment, hour));
  return `${value.toFixed(12)}0123456789`;
}

function accountId(index) {
  return String(222222222222 + index * 1001);
}

function account(project, environment) {
  const projects = [...kProjects, ...kMoreProjects];
  return accountId(3 * projects.indexOf(project) + kEnvironments.indexOf(environment));
}

export function dateText(time, micros = "000123") {
  return `${new Date(time * 1000).toISOString().slice(0, 19).replace("T", " ")}.${micros}`;
}

export function latest() {
  const records = [...kProjects, ...kMoreProjects].flatMap((project) =>
    kEnvironments.flatMap((environment) => kMetrics.map(({ name }) => record(project, environment, name))),
  );
  const reports = kEnvironments.map((environment) => ({
    account_id: account("churn", environment),
    project_name: "churn",
    environment,
    date: dateText(now()),
    fetch_id: "f-1",
    metrics: kMetrics.map(({ name }) => name),
    failures: environment === "int" ? [{ metric_name: "SSMParamStoreValue", reason: "" }] : [],
    duration_ms: 1234,
  }));
  return { hub: kHub, records, reports };
}

function record(project, environment, metric) {
  const isFailing = project === "churn" && environment === "int" && metric === "SSMParamStoreValue";
  const isSilent = project === "pricing" && environment === "int";
  const isEmpty = project === "vision" && environment === "dev";
  const time = now() - (isSilent ? 60 : isFailing ? 7 : 0) * kHourS;
  const value = isEmpty ? null : (valueAt(project, environment, metric, time) ?? "0");
  return {
    project_name: project,
    environment,
    account_id: account(project, environment),
    metric_name: metric,
    state: isFailing ? "failed" : isSilent ? "silent" : "fresh",
    ...(isFailing
      ? { reason: "AccessDeniedException: ssm:GetParameter is not allowed on /models/threshold by the policy of ds-dashboard-metrics-extraction" }
      : {}),
    expected_interval_s: kHourS,
    extraction_date: isEmpty ? null : dateText(time),
    value,
    number: value === null ? null : Number(value),
  };
}

/** [time, value] of the hours in [from, to), oldest first. */
export function hours(query) {
  const { metric, project, environment } = query;
  const found = [];
  const newest = latest().records.find((each) => each.metric_name === metric && each.project_name === project && each.environment === environment);
  const end = newest?.extraction_date ? Date.parse(`${newest.extraction_date.slice(0, 19).replace(" ", "T")}Z`) / 1000 : 0;
  const from = Date.parse(query.from) / 1000;
  const to = Date.parse(query.to) / 1000;
  for (let time = Math.max(kFirst, Math.ceil(from / kHourS) * kHourS); time < to && time <= end; time += kHourS) {
    const value = valueAt(project, environment, metric, time);
    if (value !== null) found.push([time, value]);
  }
  return found;
}

export function history(query) {
  const found = hours(query);
  const points = Number(query.points ?? 500);
  const from = Date.parse(query.from) / 1000;
  const to = Date.parse(query.to) / 1000;
  const raw = found.length <= points;
  const width = (to - from) / points;
  const buckets = new Map();
  for (const [time, value] of found) {
    const key = raw ? time : Math.floor((time - from) / width);
    buckets.set(key, [...(buckets.get(key) ?? []), [time, Number(value)]]);
  }
  const answer = { from: query.from, to: query.to, time: [], min: [], max: [], mean: [], last: [], count: [], raw };
  for (const [key, samples] of buckets) {
    const values = samples.map(([, value]) => value);
    answer.time.push(raw ? key : from + key * width);
    answer.min.push(Math.min(...values));
    answer.max.push(Math.max(...values));
    answer.mean.push(values.reduce((sum, value) => sum + value, 0) / values.length);
    answer.last.push(values.at(-1));
    answer.count.push(values.length);
  }
  return answer;
}

export function samples(query) {
  const limit = Number(query.limit ?? 100);
  // A sample came 123 microseconds after its hour: one at `to` itself is after it.
  const found = hours(query).filter(([time]) => dateText(time) < query.to.replace("T", " ").replace("Z", "")).reverse();
  return {
    samples: found.slice(0, limit).map(([time, value]) => ({
      extraction_date: dateText(time),
      original_extraction_date: time % (24 * kHourS) === 0 ? dateText(time, "000122") : null,
      value,
      number: Number(value),
      event_id: `7d1c0b52-${(time / kHourS).toString(16).padStart(8, "0")}-4f7e-9a31-0242ac120002`,
      delivery_delay_s: time % (7 * kHourS) === 0 ? null : 0.12 + 4 * noise(time) ** 8,
      metadata: { fetch_id: `f-${(time / kHourS).toString(16)}`, duration_ms: Math.round(900 * noise(time, "d")) },
    })),
    more: found.length > limit,
  };
}

export function metrics() {
  return { metrics: kMetrics };
}

const kNothingWrong = { dead_letters: 0, failing: 0, findings: [], connection: "connected", state: "reporting" };

export function spokes(count) {
  const names = [...kProjects, ...kMoreProjects];
  const list = Array.from({ length: count }, (_, index) => {
    const position = Math.floor(index / 3);
    const project = names[position] ?? `project-${String(position).padStart(2, "0")}`;
    return {
      account_id: accountId(index),
      registrations: [{ project_name: project, environment: kEnvironments[index % 3] }],
      last_event_time: now() - Math.floor(90 * noise("age", index)),
      delay_s: 0.1 + 2 * noise("delay", index) ** 4,
      metrics: 3,
      ...kNothingWrong,
    };
  });
  const change = (index, spoke) => list[index] && Object.assign(list[index], spoke);
  change(1, { failing: 1, findings: [finding("report", "SSMParamStoreValue failed: AccessDeniedException", "dsdash deploy spoke --account churn-int -c metrics=SSMParamStoreValue -c ssm_parameter=/models/threshold")] });
  change(4, { connection: "half_connected", dead_letters: 12, findings: [finding("rule", "no rule forwards to it", `dsdash invoke ds-dashboard-connection --payload '{"action":"EBRule"}' --account central`)] });
  change(8, { connection: "not_connected", state: "silent", last_event_time: null, delay_s: null, findings: [finding("permission", "its bus does not let it put events", `dsdash invoke ds-dashboard-connection --payload '{"action":"EBPut"}' --account central`), finding("parameter", "/monitored_projects/fraud-detection/prod names another account", "dsdash put-parameter /monitored_projects/fraud-detection/prod 222222230230 --account central --overwrite")] });
  change(10, { state: "silent", last_event_time: now() - 60 * kHourS });
  change(11, { state: "late", last_event_time: now() - 2 * kHourS, connection: "unknown", findings: [{ check: "ping", state: "unknown", message: "has not answered yet", command: "dsdash doctor --account pricing-prod" }] });
  for (let index = 40; index < count; index += 37) change(index, { connection: "half_connected", findings: [finding("rule", "no rule forwards to it", `dsdash invoke ds-dashboard-connection --payload '{"action":"EBRule"}' --account central`)] });
  return { hub: kHub, spokes: list };
}

function finding(check, message, command) {
  return { check, state: "wrong", message, command };
}

export function attention() {
  const item = (severity, kind, title, detail, advice, command, where = {}) => ({
    severity, kind, title, detail, advice, command, project_name: "", environment: "", account_id: "", metric_name: "", ...where,
  });
  const at = (project, environment, metric = "") => ({
    project_name: project, environment, account_id: account(project, environment), metric_name: metric,
  });
  const items = [
    item("critical", "silent_spoke", "Silent for 60 h", "The last value came 2 d ago; one is expected every hour, and 59 are missing.", "Look at the account itself: is its schedule on, does its extraction run?", "dsdash doctor --account pricing-int", at("pricing", "int")),
    item("critical", "failing_metric", "A metric fails", "AccessDeniedException: ssm:GetParameter is not allowed on /models/threshold. For 7 h.", "Deploy the spoke again, so that its role may do what the metric needs.", "dsdash deploy spoke --account churn-int -c project_name=churn -c environment=int -c metrics=SSMParamStoreValue -c ssm_parameter=/models/threshold", at("churn", "int", "SSMParamStoreValue")),
    item("critical", "half_connected", "Half connected", "The hub's events do not reach it: no rule forwards to it.", "Let the hub make the rule again.", `dsdash invoke ds-dashboard-connection --payload '{"action":"EBRule"}' --account central`, at("demand-forecast", "int")),
    item("warning", "dead_letters", "12 dead letters", "ACCESS_DENIED by the bus of the account, since 2026-11-23 04:00.", "Mend the connection first, then replay.", "dsdash dead-letters replay --all --account central", at("demand-forecast", "int")),
    item("warning", "sudden_drop", "Fell by 83 % since yesterday", "From 6 to 1; the 30 days before it was never below 4.", "Ask the project whether endpoints were taken down on purpose.", "", at("fraud-detection", "prod", "NumberEndPointsInService")),
    item("warning", "quarantined", "3 events in quarantine", "Account 999999999999 sends metrics and is registered for no project.", "If it should be one of yours, register it; look at what it claims before.", "dsdash put-parameter /monitored_projects/NAME/dev 999999999999 --account central"),
    item("notice", "idle_endpoints", "Endpoints in service, nothing trained for 41 d", "2 endpoints are in service; the last completed training job was counted 41 d ago.", "Ask the project whether they are still used.", "", at("segmentation", "dev", "NumberEndPointsInService")),
  ];
  const drops = Array.from({ length: 22 }, (_, index) => item("notice", "sudden_drop", `Fell by ${20 + index} % since last week`, "Within what weekends do.", "", "", at(kMoreProjects[index % 4], kEnvironments[index % 3], "NumberEndPointsInService")));
  return { items: [...items, ...drops] };
}
