import "./fetch_now.css";
import { kRefreshUrl, postJson, readJson, type RefreshProgress, type StartedRefresh } from "../api";
import { byId, element, setText } from "../dom";
import { describeProgress } from "./fetch_progress";

const kAskMs = 400;
const kPatienceMs = 120_000; // a spoke that has not answered by then is named

/** The button that asks all spokes for new values, and how far they are with it. */
export class FetchNow {
  #button = element("button", { type: "button", class: "primary" }, "Fetch now");
  #bar = element("progress", { "aria-label": "Spokes that have answered" });
  #text = element("span");
  #close = element("button", { type: "button", class: "text-button", "aria-label": "Dismiss" }, "✕");
  #place = byId("fetch-progress");
  #hub = "";
  #isRunning = false;

  /** `onProgress` is called whenever more spokes have answered. */
  constructor(
    private readonly onProgress: () => void,
    private readonly onError: (error: unknown) => void,
  ) {
    byId("fetch").replaceChildren(this.#button);
    this.#button.addEventListener("click", () => void this.#run());
    this.#close.addEventListener("click", () => this.#place.replaceChildren());
  }

  show(hub: string, mayFetch: boolean): void {
    byId("fetch").hidden = hub === "";
    this.#hub = hub;
    this.#button.disabled = !mayFetch || this.#isRunning;
    this.#button.title = mayFetch ? "Ask all spokes for new values" : "Viewers may not ask for new values";
  }

  async #run(): Promise<void> {
    this.#isRunning = this.#button.disabled = true;
    try {
      const started = await postJson<StartedRefresh>(kRefreshUrl, { hub: this.#hub });
      if (started) await this.#follow(started);
    } catch (error) {
      this.#place.replaceChildren();
      this.onError(error);
    }
    this.#isRunning = this.#button.disabled = false;
  }

  async #follow({ fetch_id, spokes }: StartedRefresh): Promise<void> {
    const hub = this.#hub;
    const end = Date.now() + kPatienceMs;
    this.#bar.max = Math.max(1, spokes.length);
    this.#bar.value = 0;
    setText(this.#text, `Asked ${spokes.length} spokes…`);
    this.#place.replaceChildren(this.#bar, this.#text);
    let answered = 0;
    while (Date.now() < end) {
      const progress = await readJson<RefreshProgress>("refresh", { hub, fetch_id });
      this.#bar.max = Math.max(1, progress.spokes);
      this.#bar.value = progress.answered;
      setText(this.#text, describeProgress(progress));
      if (progress.answered !== answered) this.onProgress();
      answered = progress.answered;
      if (progress.complete) break;
      await new Promise((resolve) => setTimeout(resolve, kAskMs));
    }
    this.#place.append(this.#close);
    this.onProgress();
  }
}
