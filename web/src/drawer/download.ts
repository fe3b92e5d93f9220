import type { LatestRecord } from "../api";
import { element, setText } from "../dom";
import { save } from "../save";
import { type Bands, readSamples, type Sample } from "./api";
import { fileName, pointsCsv, samplesCsv } from "./csv";
import type { Span } from "./range";

const kPage = 1000; // the most that the server gives at once
const kSamplesMax = 200_000; // 20 MB of CSV

export interface Downloadable {
  hub: string;
  series: LatestRecord;
  span: Span;
  bands: Bands;
}

/** Buttons that save what is shown: samples with their exact values, or the points that are drawn. */
export class Downloads {
  readonly element = element("div", { class: "downloads", role: "group", "aria-label": "Download" });
  #status = element("span", { class: "quiet", role: "status" });
  #isBusy = false;

  constructor(private readonly shown: () => Downloadable | undefined) {
    this.element.append(
      this.#status,
      this.#button("Samples CSV", ".csv", "text/csv", async (what) => samplesCsv(what.series, await this.#all(what))),
      this.#button("Points CSV", "_points.csv", "text/csv", async (what) => pointsCsv(what.series, what.bands)),
      this.#button("JSON", ".json", "application/json", async (what) => this.#json(what)),
    );
  }

  #button(
    label: string,
    ending: string,
    type: string,
    text: (what: Downloadable) => Promise<string>,
  ): HTMLElement {
    const button = element("button", { type: "button", class: "plain" }, label);
    button.addEventListener("click", async () => {
      const what = this.shown();
      if (!what || this.#isBusy) return;
      this.#isBusy = true;
      try {
        save(new Blob([await text(what)], { type }), fileName(what.series, what.span, ending));
        setText(this.#status, "");
      } catch (error) {
        setText(this.#status, `Not saved: ${error instanceof Error ? error.message : error}`);
      } finally {
        this.#isBusy = false;
      }
    });
    return button;
  }

  async #json(what: Downloadable): Promise<string> {
    const { project_name, environment, account_id, metric_name } = what.series;
    const series = { project_name, environment, account_id, metric_name };
    const [from, to] = [what.span.from, what.span.to].map((time) => new Date(time * 1000).toISOString());
    const document = { series, from, to, samples: await this.#all(what), points: what.bands };
    return `${JSON.stringify(document, null, 1)}\n`;
  }

  /** Every sample of the span, page by page. */
  async #all({ hub, series, span }: Downloadable): Promise<Sample[]> {
    const all: Sample[] = [];
    for (let before: string | undefined; ; ) {
      const { samples, more } = await readSamples(hub, series, span, kPage, before);
      all.push(...samples);
      before = samples.at(-1)?.extraction_date;
      if (!more || before === undefined) return all;
      if (all.length >= kSamplesMax) {
        throw new Error(`more than ${kSamplesMax.toLocaleString("en-US")} samples; choose a shorter time`);
      }
      setText(this.#status, `${all.length.toLocaleString("en-US")} samples…`);
    }
  }
}
