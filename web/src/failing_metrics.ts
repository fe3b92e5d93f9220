import "./failing_metrics.css";
import type { Report } from "./api";
import { byId, element } from "./dom";

/** Lists the metrics that failed in the newest extraction of their account. */
export function showFailingMetrics(reports: Report[]): void {
  const section = byId("failures");
  const items = reports.flatMap((report) =>
    report.failures.map((failure) =>
      element(
        "li",
        {},
        element("strong", {}, failure.metric_name),
        element("span", { class: "quiet" }, describeSpoke(report)),
        element("p", {}, failure.reason),
      ),
    ),
  );
  section.querySelector("ul")?.replaceChildren(...items);
  section.hidden = items.length === 0;
}

function describeSpoke(report: Report): string {
  const where = `${report.project_name} · ${report.environment} · account ${report.account_id}`;
  return ` ${where} · ${report.date.slice(0, 19)}`;
}
