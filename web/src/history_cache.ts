import { type History, type LatestRecord, readHistory } from "./api";
import { seriesKey } from "./series";
import { parseExtractionDate } from "./time";

export interface Range {
  id: string;
  label: string;
  ms: number;
}

const kPoints = 500;

interface Entry {
  upTo: string;
  history: Promise<History>;
}

/** The histories of one hub; a series is asked for again only when it has a newer value. */
export class HistoryCache {
  #entries = new Map<string, Entry>();

  constructor(private readonly hub: string) {}

  async read(record: LatestRecord, range: Range): Promise<History> {
    const key = `${range.id} ${seriesKey(record)}`;
    const known = this.#entries.get(key);
    if (known?.upTo === record.extraction_date) return known.history;

    const entry = { upTo: record.extraction_date, history: this.#fetch(record, range) };
    this.#entries.set(key, entry);
    entry.history.catch(() => this.#entries.delete(key));
    return entry.history;
  }

  #fetch(record: LatestRecord, range: Range): Promise<History> {
    // `to` is exclusive, and the spoke's clock may be ahead of ours.
    const to = Math.max(Date.now(), parseExtractionDate(record.extraction_date) + 1);
    return readHistory(this.hub, record, new Date(to - range.ms), new Date(to), kPoints);
  }
}
