import "./guidance.css";
import type { Hub } from "./api";
import { byId, element } from "./dom";

/** What the page says when it has nothing to show: what is missing, and the commands that mend it. */

export function noGuidance(): void {
  byId("guidance").replaceChildren();
}

export function guideToFirstHub(): void {
  show(
    "No hub here yet",
    "A hub is an account that collects the metrics of others. Create one and deploy the hub stack; this page shows it by itself.",
    "dsdash account create hub --id 111111111111 --data DIR\ndsdash deploy hub --account hub --data DIR",
  );
}

export function guideToFirstSpoke(hub: Hub): void {
  show(
    "No metrics yet",
    "This hub has received nothing. Deploy a spoke, tell both sides of each other, connect them (EBPut on both, then EBRule on both), and ask for values.",
    [
      "dsdash deploy spoke --account SPOKE -c project_name=churn -c environment=dev -c metrics=TotalCompletedTrainingJobs",
      `dsdash put-parameter --account SPOKE /monitors/${hub.name} ${hub.account_id}`,
      `dsdash put-parameter --account ${hub.name} /monitored_projects/churn/dev SPOKE_ACCOUNT_ID`,
      `dsdash invoke ds-dashboard-connection --account ${hub.name} --payload '{"action":"EBPut"}'`,
      `dsdash invoke ds-dashboard-connection --account SPOKE --payload '{"action":"EBPut"}'`,
      `dsdash invoke ds-dashboard-connection --account SPOKE --payload '{"action":"EBRule"}'`,
      `dsdash invoke ds-dashboard-connection --account ${hub.name} --payload '{"action":"EBRule"}'`,
      `dsdash refresh --account ${hub.name} --wait`,
    ].join("\n"),
  );
}

export function guideToChoice(hubs: Hub[], unknown: string | null): void {
  const links = hubs.map((hub) =>
    element(
      "li",
      {},
      element("a", { href: `?${new URLSearchParams({ hub: hub.account_id })}` }, hub.name),
      element("span", { class: "quiet" }, ` ${hub.account_id} · ${hub.region}`),
    ),
  );
  const title = unknown === null ? "Choose a hub" : `No hub ${unknown} here`;
  place(element("h2", {}, title), element("ul", { class: "hubs" }, ...links));
}

function show(title: string, text: string, commands: string): void {
  place(
    element("h2", {}, title),
    element("p", {}, text),
    element("pre", { tabindex: "0", "aria-label": "Commands" }, element("code", {}, commands)),
  );
}

function place(...children: Node[]): void {
  const target = byId("guidance");
  const section = element("section", { class: "card guidance" }, ...children);
  if (target.firstElementChild?.isEqualNode(section)) return;
  target.replaceChildren(section);
}
