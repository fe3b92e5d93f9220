import { hubUrl } from "./api";

const kPollMs = 5000;

/** What may have changed: names of resources, or everything. */
export type Changes = ReadonlySet<string> | "all";

/**
 * Calls `read` when the server says that something changed. While there is no stream of events it is
 * called every five seconds, and the stream is tried again. A hidden page rests.
 */
export class LiveUpdates {
  #hub = "";
  #stream: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasFailed = false;
  #isReading = false;
  #wanted: Set<string> | "all" | undefined;

  /** `read` never fails; it shows what went wrong itself. */
  constructor(private readonly read: (changes: Changes) => Promise<void>) {
    document.addEventListener("visibilitychange", () => this.#changed());
    this.#changed();
  }

  /** How changes are noticed at the moment. */
  get source(): "stream" | "starting" | "polling" {
    if (this.#stream?.readyState === EventSource.OPEN) return "stream";
    return this.#stream && !this.#hasFailed ? "starting" : "polling";
  }

  /** The hub whose changes matter; "" for none. */
  follow(hub: string): void {
    if (hub === this.#hub) return;
    this.#hub = hub;
    this.#close();
    this.#connect();
  }

  /** Reads now, or once more if that is under way. */
  async update(changes: Changes = "all"): Promise<void> {
    if (changes === "all" || this.#wanted === "all") this.#wanted = "all";
    else this.#wanted = new Set([...(this.#wanted ?? []), ...changes]);
    if (this.#isReading) return;
    this.#isReading = true;
    clearTimeout(this.#timer);
    while (this.#wanted) {
      const wanted: Changes = this.#wanted;
      this.#wanted = undefined;
      await this.read(wanted);
    }
    this.#isReading = false;
    this.#schedule();
  }

  #changed(): void {
    if (document.hidden) {
      clearTimeout(this.#timer);
      this.#close();
    } else {
      this.#connect();
      void this.update();
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (document.hidden || this.source === "stream") return;
    this.#timer = setTimeout(() => {
      this.#connect();
      void this.update();
    }, kPollMs);
  }

  #connect(): void {
    if (this.#hub === "" || document.hidden) return;
    if (this.#stream && this.#stream.readyState !== EventSource.CLOSED) return;
    const stream = new EventSource(hubUrl("events", this.#hub));
    this.#stream = stream;
    stream.addEventListener("changed", (event) => void this.update(changesIn(event)));
    stream.addEventListener("open", () => {
      this.#hasFailed = false;
      void this.update(); // what was announced while there was no stream
    });
    stream.addEventListener("error", () => {
      this.#hasFailed = true;
      void this.update();
    });
  }

  #close(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }
}

function changesIn(event: MessageEvent<string>): Changes {
  try {
    const { what } = JSON.parse(event.data) as { what: string[] };
    return new Set(what);
  } catch {
    return "all";
  }
}
