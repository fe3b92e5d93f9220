import { onNavigation, readAddress, writeAddress } from "../address";
import type { Latest, LatestRecord, MetricCatalogue } from "../api";
import { byId } from "../dom";
import { FilterBar } from "../filters/filter_bar";
import { save } from "../save";
import { TrendStore } from "../trends";
import { select, type Selection } from "./filter";
import { buildFleet, type Fleet } from "./fleet";
import type { Column } from "./head_row";
import { HeatScale } from "./heat";
import { latestCsv } from "./latest_csv";
import { Matrix } from "./matrix";
import { printTables } from "./print";
import { buildRows, type Row } from "./rows";
import { readSettings, type Settings, settingsAddress, toggled } from "./settings";

/** The first view: filters, and the matrix of all latest values. */
export class MatrixView {
  #filters = new FilterBar(
    (change, isTyping) => this.#change(change, isTyping),
    () => this.#download(),
  );
  #matrix = new Matrix(byId("matrix"), {
    openSeries: (record) => this.onOpen(record),
    toggleGroup: (row) => this.#change({ open: toggled(this.#settings.open, row.key) }, true),
    sortBy: (metric) => this.#sortBy(metric),
    rowsInSight: (rows) => this.#trends?.want(projectsOf(rows)),
  });
  #settings = readSettings(readAddress());
  #isTyping = false;
  #hub = "";
  #latest: Latest | undefined;
  #fleet: Fleet = { metrics: [], spokes: [] };
  #selection: Selection = { spokes: [], columns: [] };
  #heat = new HeatScale(this.#fleet);
  #columns: Column[] = [];
  #catalogue = new Map<string, Column>();
  #trends: TrendStore | undefined;

  constructor(
    private readonly onOpen: (record: LatestRecord) => void,
    private readonly onError: (error: unknown) => void,
  ) {
    onNavigation(() => this.#readAddress());
    printTables(byId("print"), () => ({ fleet: this.#fleet, selection: this.#selection }));
  }

  show(hub: string, latest: Latest, catalogue: MetricCatalogue): void {
    if (hub !== this.#hub) {
      this.#hub = hub;
      this.#trends = new TrendStore(hub, () => this.#matrix.refresh(), this.onError);
    }
    if (latest !== this.#latest) {
      this.#latest = latest;
      this.#fleet = buildFleet(latest);
      this.#heat = new HeatScale(this.#fleet);
    }
    this.#catalogue = new Map(catalogue.metrics.map((metric) => [metric.name, metric]));
    this.#draw();
  }

  tick(): void {
    this.#matrix.tick();
  }

  #readAddress(): void {
    this.#settings = readSettings(readAddress());
    this.#draw();
  }

  /** Each change is a step back, except that typing is one step and opening a row none. */
  #change(change: Partial<Settings>, isTyping = false): void {
    this.#settings = { ...this.#settings, ...change };
    writeAddress(settingsAddress(this.#settings), { push: !isTyping || ("filters" in change && !this.#isTyping) });
    this.#isTyping = isTyping && "filters" in change;
    this.#draw();
  }

  /** A click sorts a metric from its highest value, the next from its lowest, the third by name again. */
  #sortBy(metric: string): void {
    const { sort, descending } = this.#settings;
    if (sort !== metric) this.#change({ sort: metric, descending: metric !== "" });
    else if (metric === "") this.#change({ descending: !descending });
    else if (descending) this.#change({ descending: false });
    else this.#change({ sort: "", descending: false });
  }

  #download(): void {
    const name = `latest_${this.#hub}_${new Date().toISOString().slice(0, 10)}.csv`;
    save(new Blob([latestCsv(this.#selection)], { type: "text/csv" }), name);
  }

  #draw(): void {
    if (!this.#latest) return;
    const settings = this.#settings;
    this.#selection = select(this.#fleet, settings.metrics, settings.filters);
    const { metrics } = this.#fleet;
    this.#columns = metrics.map((name) => this.#catalogue.get(name) ?? { name, description: "", unit: "" });
    const rows = buildRows(this.#selection.spokes, metrics.indexOf(settings.sort), settings);
    this.#filters.show(settings, this.#fleet, this.#selection);
    byId("nothing").hidden = rows.length > 0;
    this.#matrix.show({
      rows,
      columns: this.#selection.columns,
      metrics: this.#columns,
      settings,
      heat: this.#heat,
      trendOf: (record) => this.#trends?.of(record),
    });
  }
}

function projectsOf(rows: Row[]): string[] {
  const spokes = rows.filter(({ group }) => group !== "environment").flatMap((row) => row.spokes);
  return [...new Set(spokes.map(({ project }) => project))];
}
