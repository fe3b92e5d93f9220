import { hubUrl, type LatestRecord, type Trend, type Trends, Watched } from "./api";

const kAtATime = 4;
const kFreshMs = 60_000; // a sparkline's newest point is a day wide

interface Project {
  source: Watched<Trends>;
  series: Map<string, Trend>;
  readAt: number;
}

/** The sparklines of one hub, read project by project as they come into sight. */
export class TrendStore {
  #projects = new Map<string, Project>();
  #waiting: string[] = [];
  #reading = 0;

  constructor(
    private readonly hub: string,
    private readonly onChange: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  of(record: LatestRecord): Trend | undefined {
    return this.#projects.get(record.project_name)?.series.get(trendKey(record));
  }

  /** Reads what is not known yet or old; those asked for before that are out of sight wait no longer. */
  want(projects: string[]): void {
    const now = Date.now();
    this.#waiting = projects.filter((name) => now - (this.#projects.get(name)?.readAt ?? 0) > kFreshMs);
    while (this.#reading < kAtATime && this.#waiting.length > 0) void this.#readNext();
  }

  async #readNext(): Promise<void> {
    const name = this.#waiting.shift();
    if (name === undefined) return;
    const project = this.#projects.get(name) ?? this.#create(name);
    project.readAt = Date.now();
    this.#reading += 1;
    try {
      const { series } = await project.source.read();
      project.series = new Map(series.map((trend) => [trendKey(trend), trend]));
      this.onChange();
    } catch (error) {
      project.readAt = 0;
      this.onError(error);
    } finally {
      this.#reading -= 1;
      void this.#readNext();
    }
  }

  #create(name: string): Project {
    const url = `${hubUrl("trends", this.hub)}&${new URLSearchParams({ project: name })}`;
    const project = { source: new Watched<Trends>(url), series: new Map(), readAt: 0 };
    this.#projects.set(name, project);
    return project;
  }
}

function trendKey({ environment, account_id, metric_name }: Omit<Trend, "last" | "day_ago" | "week_ago">): string {
  return JSON.stringify([environment, account_id, metric_name]);
}
