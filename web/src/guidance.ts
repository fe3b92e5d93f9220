import "./guidance.css";
import type { Hub } from "./api";
import { byId, element } from "./dom";
import { firstAwsSpokeCommands, firstHubCommands, firstSpokeCommands } from "./commands";

/** What the page says when it has nothing to show: what is missing, and the commands that mend it. */

export function noGuidance(): void {
  byId("guidance").replaceChildren();
}

export function guideToFirstHub(dataFolder: string): void {
  show(
    "No hub here yet",
    "A hub is an account that collects the metrics of others. Create one and deploy the hub stack; this page shows it by itself. An account that is there already needs no account create.",
    firstHubCommands(dataFolder, location.origin),
  );
}

/** `dataFolder` is empty where the hub is on AWS: its accounts are nobody's on this machine. */
export function guideToFirstSpoke(hub: Hub, dataFolder: string): void {
  if (dataFolder === "") {
    show(
      "No metrics yet",
      "This hub on AWS has received nothing. Tell both sides of each other, connect them with ds-dashboard-connection (EBPut on both, then EBRule on both), and ask for values; docs/aws.md has every step. Whether it is connected, the last line tells.",
      firstAwsSpokeCommands(hub),
    );
    return;
  }
  show(
    "No metrics yet",
    "This hub has received nothing. Create a spoke and deploy it, tell both sides of each other, connect them (EBPut on both, then EBRule on both), and ask for values. An account that is a spoke already needs neither account create nor deploy.",
    firstSpokeCommands(hub, dataFolder, location.origin),
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

function show(title: string, text: string, commands: string[]): void {
  place(
    element("h2", {}, title),
    element("p", {}, text),
    element("pre", { tabindex: "0", "aria-label": "Commands" }, element("code", {}, commands.join("\n"))),
  );
}

function place(...children: Node[]): void {
  const target = byId("guidance");
  const section = element("section", { class: "card guidance" }, ...children);
  if (target.firstElementChild?.isEqualNode(section)) return;
  target.replaceChildren(section);
}
