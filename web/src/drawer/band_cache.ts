import type { LatestRecord } from "../api";
import { seriesKey } from "../series";
import { type Bands, readBands } from "./api";
import type { Span } from "./range";

const kEntriesMax = 64;

/** The histories that a drawer has read; one is read again only when its series has a newer value. */
export class BandCache {
  #entries = new Map<string, Promise<Bands>>();

  constructor(private readonly hub: string) {}

  read(series: LatestRecord, span: Span, points: number): Promise<Bands> {
    const key = JSON.stringify([seriesKey(series), series.extraction_date, span.from, span.to, points]);
    const known = this.#entries.get(key);
    if (known) return known;
    const bands = readBands(this.hub, series, span, points);
    this.#entries.set(key, bands);
    bands.catch(() => this.#entries.delete(key));
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > kEntriesMax && oldest !== undefined) this.#entries.delete(oldest);
    return bands;
  }
}
