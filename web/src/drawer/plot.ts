import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { element } from "../dom";
import { computedColour, type LineStyle } from "../palette";
import { onThemeChange } from "../theme";
import { formatSecond, timeAxisLabels } from "../time";
import { formatTick, formatValue, valueRange, valueStep, valueTicks } from "../value_axis";
import type { Bands } from "./api";
import { gapsBetween, pointAt } from "./gaps";
import { type LogAxis, logAxis, logTicks } from "./log_axis";
import type { Span } from "./range";
import { TouchBrush } from "./touch_brush";

export interface Line {
  key: string;
  label: string;
  style: LineStyle;
  bands: Bands;
  /** For how many seconds a point stands before a gap begins; Infinity if for ever. */
  standsS: number;
}

export interface PlotEvents {
  /** The person drew a brush over this stretch. */
  onBrush(span: Span): void;
  /** Zoom so that `at` keeps its place: in (0.5) or out (2). */
  onZoom(factor: number, at: number): void;
  onReset(): void;
  /** The time under the cursor, or nothing. */
  onCursor(time: number | undefined): void;
}

const kHeight = 300;
const kNarrowHeight = 220;
const kNarrowWidth = 520;
const kBrushMinimum = 5; // pixels; less is a click
/** So many pixels after a point stands the cursor that a key led there: no rounding puts it before the point. */
const kAfterPoint = 0.01;

/**
 * The history of one series, the first of the lines, over those that it is compared with: steps, since a
 * scalar is sampled and counts until the next; between the least and the greatest value a band where a
 * point is more than one sample. It is a slider for the keyboard: arrows walk along the points.
 */
export class HistoryPlot {
  readonly element = element("div", { class: "history-plot", role: "slider", tabindex: "0" });
  #lines: Line[] = [];
  #span: Span = { from: 0, to: 1 };
  #log: LogAxis | undefined;
  #built = "";
  #uplot: uPlot | undefined;
  #resized = new ResizeObserver(() => this.#resize());
  #destroyed = new AbortController();

  constructor(private readonly events: PlotEvents) {
    this.#resized.observe(this.element);
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("blur", () => this.#uplot?.setCursor({ left: -10, top: -10 }));
    onThemeChange(() => this.#redraw(), this.#destroyed.signal);
  }

  show(lines: Line[], span: Span, isLog: boolean): void {
    this.#lines = lines;
    this.#span = span;
    this.#log = isLog ? logAxis(visibleValues(lines, span)) : undefined;
    const plan = [lines.map(({ key, style, bands }) => [key, style, bands.raw]), isLog, this.#log?.threshold];
    const built = JSON.stringify(plan);
    if (built === this.#built && this.#uplot) {
      this.#uplot.setData(columns(lines));
    } else {
      this.#built = built;
      this.#uplot?.destroy();
      this.#uplot = new uPlot(this.#options(), columns(lines), this.element);
    }
    this.#describe(undefined);
  }

  destroy(): void {
    this.#destroyed.abort();
    this.#resized.disconnect();
    this.#uplot?.destroy();
  }

  #redraw(): void {
    if (!this.#uplot) return;
    this.#built = "";
    this.show(this.#lines, this.#span, this.#log !== undefined);
  }

  /** What the slider says of itself. */
  #describe(time: number | undefined): void {
    const [own] = this.#lines;
    const at = time ?? this.#span.to;
    const index = own && pointAt(own.bands.time, own.standsS, at);
    const value = index === undefined ? undefined : own && drawn(own.bands)[index];
    const text = value === undefined ? "no value" : formatValue(value);
    const set = (name: string, value: string | number) => this.element.setAttribute(name, String(value));
    set("aria-valuemin", Math.floor(this.#span.from));
    set("aria-valuemax", Math.ceil(this.#span.to));
    set("aria-valuenow", Math.round(Math.min(Math.max(at, this.#span.from), this.#span.to)));
    set("aria-valuetext", `${formatSecond(new Date(at * 1000))} UTC: ${text}`);
  }

  #onKey(event: KeyboardEvent): void {
    const plot = this.#uplot;
    if (!plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const time = this.#cursorTime();
    if (event.key === "+" || event.key === "-") {
      this.events.onZoom(event.key === "+" ? 0.5 : 2, time ?? (this.#span.from + this.#span.to) / 2);
    } else {
      const target = this.#walk(event.key, time, plot.over.clientWidth);
      if (target === undefined) return;
      plot.setCursor({ left: plot.valToPos(target, "x") + kAfterPoint, top: 0 });
      this.#describe(target);
    }
    event.preventDefault();
  }

  /** The time of the point that a key leads to in a plot of `width` pixels. */
  #walk(key: string, time: number | undefined, width: number): number | undefined {
    const { from, to } = this.#span;
    const times = (this.#lines[0]?.bands.time ?? []).filter((point) => point >= from && point <= to);
    const tick = (2 * kAfterPoint * (to - from)) / width; // nearer than that is where the cursor stands already
    if (key === "Home") return times[0];
    if (key === "End") return times.at(-1);
    if (key === "ArrowLeft") return times.findLast((point) => time === undefined || point < time - tick) ?? times[0];
    if (key === "ArrowRight") return times.find((point) => time !== undefined && point > time + tick) ?? times.at(-1);
    return undefined;
  }

  #cursorTime(): number | undefined {
    const left = this.#uplot?.cursor.left ?? -1;
    return left < 0 ? undefined : this.#uplot?.posToVal(left, "x");
  }

  #resize(): void {
    const width = this.element.clientWidth;
    if (width > 0) this.#uplot?.setSize({ width, height: heightFor(width) });
  }

  #onBrush(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < kBrushMinimum) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.events.onBrush({ from: plot.posToVal(left, "x"), to: plot.posToVal(left + width, "x") });
  }

  #options(): uPlot.Options {
    const axis: uPlot.Axis = {
      stroke: computedColour("var(--quiet)"),
      font: `12px ${getComputedStyle(document.documentElement).fontFamily}`,
      grid: { stroke: computedColour("var(--rule)"), width: 1 },
      ticks: { show: false },
    };
    const width = this.element.clientWidth || 600;
    const scale: uPlot.Scale = this.#log
      ? {
          ...(this.#log.threshold === null ? { distr: 3 } : { distr: 4, asinh: this.#log.threshold }),
          range: () => [this.#log?.low ?? 0, this.#log?.high ?? 1],
        }
      : { range: (_, min, max) => valueRange(min ?? 0, max ?? 0) };
    const ticks: uPlot.Axis = this.#log
      ? { splits: () => (this.#log ? logTicks(this.#log) : []), filter: (_, splits) => splits }
      : {
          incrs: (plot, _, low, high) => [valueStep(low, high, isWhole(plot.data))],
          splits: (_, __, low, high, step) => valueTicks(low, high, step),
        };
    return {
      width,
      height: heightFor(width),
      padding: [12, 20, 0, 4],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      legend: { show: false },
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
        bind: {
          dblclick: () => () => {
            this.events.onReset();
            return null;
          },
        },
      },
      hooks: {
        ready: [(plot) => void new TouchBrush(plot)],
        setCursor: [() => this.events.onCursor(this.#cursorTime())],
        setSelect: [(plot) => this.#onBrush(plot)],
      },
      scales: { x: { range: () => [this.#span.from, this.#span.to] }, y: scale },
      axes: [
        { ...axis, space: 75, values: (_, times, __, ___, step) => timeAxisLabels(times, step) },
        { ...axis, ...ticks, size: axisWidth, space: 1, values: (_, splits) => splits.map(formatTick) },
      ],
      ...this.#series(),
    };
  }

  /** The columns of `columns`: the band's edges, what the first line is compared with, and it on top. */
  #series(): Pick<uPlot.Options, "series" | "bands"> {
    const [own, ...others] = this.#lines;
    if (!own) return { series: [{}] };
    const lines = others.map((line) => this.#stepped(line, 1.5));
    lines.push(this.#stepped(own, 2.25));
    if (own.bands.raw) return { series: [{}, ...lines] };
    const edge: uPlot.Series = { ...this.#stepped(own, 0), points: { show: false } };
    const fill = computedColour(`color-mix(in srgb, ${own.style.colour} 20%, transparent)`);
    return { series: [{}, edge, edge, ...lines], bands: [{ series: [1, 2], fill }] };
  }

  #stepped(line: Line, width: number): uPlot.Series {
    const colour = computedColour(line.style.colour);
    const paths = uPlot.paths.stepped?.({ align: 1, extend: true });
    return {
      stroke: colour,
      width,
      dash: line.style.dash,
      points: { size: 5, fill: colour },
      // Looked up by key: setData brings new lines under the same options.
      gaps: (plot) => {
        const shown = this.#lines.find(({ key }) => key === line.key) ?? line;
        return gapsBetween(shown.bands.time, shown.standsS, this.#span.to).map(
          ([from, to]): [number, number] => [
            plot.valToPos(from, "x", true),
            plot.valToPos(to, "x", true) + width * devicePixelRatio, // and the rise to the next value
          ],
        );
      },
      ...(paths ? { paths } : {}),
    };
  }
}

/** What of a point is drawn as its line. */
export function drawn(bands: Bands): number[] {
  return bands.raw ? bands.last : bands.mean;
}

function columns(lines: Line[]): uPlot.AlignedData {
  const [own, ...others] = lines;
  if (!own) return [[]];
  const band = own.bands.raw ? [] : [own.bands.max, own.bands.min];
  const tables = [
    ...band.map((edge): uPlot.AlignedData => [own.bands.time, edge]),
    ...[...others, own].map(({ bands }): uPlot.AlignedData => [bands.time, drawn(bands)]),
  ];
  return uPlot.join(tables);
}

function visibleValues(lines: Line[], span: Span): number[] {
  return lines.flatMap(({ bands }, position) =>
    bands.time.flatMap((time, index) => {
      if (time < span.from || time > span.to) return [];
      const columns = position === 0 ? [bands.min, bands.max] : [drawn(bands)];
      return columns.flatMap((column) => column[index] ?? []);
    }),
  );
}

function heightFor(width: number): number {
  return width < kNarrowWidth ? kNarrowHeight : kHeight;
}

function isWhole(data: uPlot.AlignedData): boolean {
  return data.slice(1).every((column) => Array.from(column).every((value) => Number.isInteger(value ?? 0)));
}

function axisWidth(_: uPlot, labels: string[] | null): number {
  const longest = Math.max(1, ...(labels ?? []).map((label) => label.length));
  return longest * 7 + 18;
}
