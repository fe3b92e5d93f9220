// The drawer, the attention list and the spokes, each by itself, for the tests.
import "../../../web/src/theme.css";
import "../../../web/src/page.css";
import { type Latest, type LatestRecord, readJson } from "../../../web/src/api";
import type { AttentionItem } from "../../../web/src/attention/api";
import { AttentionView } from "../../../web/src/attention/attention_view";
import { byId, element } from "../../../web/src/dom";
import { openDrawer } from "../../../web/src/drawer/drawer";
import type { Spoke } from "../../../web/src/spokes/api";
import { SpokesView } from "../../../web/src/spokes/spokes_view";

const hub = "111111111111";
const query = new URLSearchParams(location.search);
const latest = await readJson<Latest>("latest", { hub });

function open(wanted: Partial<LatestRecord>): void {
  const names = ["project_name", "environment", "account_id", "metric_name"] as const;
  const series = latest.records.find((record) => names.every((name) => !wanted[name] || record[name] === wanted[name]));
  if (series) openDrawer({ hub, latest }, series);
}

const attention = await readJson<{ items: AttentionItem[] }>("attention", { hub });
new AttentionView(byId("attention"), open).show(hub, query.has("calm") ? [] : attention.items);

const spokes = await readJson<{ spokes: Spoke[] }>("spokes", { hub, count: query.get("spokes") ?? "15" });
new SpokesView(byId("spokes")).show(latest.hub, spokes.spokes);

for (const record of latest.records) {
  const name = `${record.metric_name} ${record.project_name} ${record.environment}`;
  const button = element("button", { type: "button", class: "text-button" }, name);
  button.addEventListener("click", () => open(record));
  byId("series").append(element("li", {}, button));
}
const [project_name, environment, metric_name] = (query.get("series") ?? "").split("/");
if (project_name && environment && metric_name) open({ project_name, environment, metric_name });
document.documentElement.dataset["ready"] = "";
