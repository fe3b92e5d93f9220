import "./connection.css";
import { ApiError, Unreachable } from "./api";
import { byId, element } from "./dom";
import type { LiveUpdates } from "./live";
import { formatSecond } from "./time";

/** Says in the header whether the server answers, and what to do while it does not. */
export class Connection {
  #status = byId("connection");
  #alert = byId("alert");
  #state = "";

  /** With a stream, changes are shown as they happen; else they are asked for. */
  answered(source: LiveUpdates["source"]): void {
    if (source === "stream") this.#show("live", "Live");
    if (source === "polling") this.#show("polling", "Every 5 s");
    this.#alert.replaceChildren();
  }

  /** The server answers, but not to a stranger. */
  refused(): void {
    this.#show("refused", "Not signed in");
    this.#alert.replaceChildren();
  }

  failed(error: unknown): void {
    if (error instanceof ApiError) {
      this.#show("trouble", "Error");
      this.#alert.replaceChildren(
        element("p", { class: "banner" }, `The server answered: ${error.message}`),
      );
      return;
    }
    if (!(error instanceof Unreachable)) throw error; // a mistake of this page
    if (this.#state === "lost") return;
    this.#show("lost", "Not connected");
    this.#alert.replaceChildren(lostBanner(new Date()));
  }

  #show(state: string, text: string): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#status.dataset["state"] = state;
    this.#status.textContent = text;
  }
}

function lostBanner(since: Date): HTMLElement {
  return element(
    "p",
    { class: "banner" },
    element("strong", {}, "The server does not answer"),
    ` since ${formatSecond(since)} UTC. What you see is what it said last; this page goes on asking. Is `,
    element("code", {}, "dsdash"),
    " running?",
  );
}
