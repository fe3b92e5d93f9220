import type { Hub } from "../api";
import { byId, element } from "../dom";

/** Names the hub in the page's header; with several hubs it is a chooser. */
export class HubHeader {
  #place = byId("hub");
  #shown = "";

  constructor(private readonly onChoice: (hub: string) => void) {}

  show(hubs: Hub[], chosen: Hub | undefined): void {
    const shown = JSON.stringify([hubs, chosen?.account_id]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#place.replaceChildren(...this.#content(hubs, chosen));
  }

  #content(hubs: Hub[], chosen: Hub | undefined): Node[] {
    if (hubs.length === 0) return [];
    if (hubs.length === 1 && chosen) return [describeHub(chosen)];
    const select = element("select", { id: "hub-select" });
    if (!chosen) select.append(new Option("choose…", "", true, true));
    for (const hub of hubs) {
      const isChosen = hub.account_id === chosen?.account_id;
      select.append(new Option(`${hub.name} (${hub.account_id})`, hub.account_id, isChosen, isChosen));
    }
    select.addEventListener("change", () => this.onChoice(select.value));
    return [element("label", { for: "hub-select", class: "quiet" }, "Hub "), select];
  }
}

function describeHub(hub: Hub): HTMLElement {
  return element(
    "span",
    {},
    ...(/^hub\b/i.test(hub.name) ? [] : [element("span", { class: "quiet" }, "Hub ")]),
    element("strong", {}, hub.name),
    element("span", { class: "quiet" }, ` ${hub.account_id} · ${hub.region}`),
  );
}
