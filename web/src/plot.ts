import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { History } from "./api";
import { element, setText } from "./dom";
import type { LineStyle } from "./palette";
import { formatSecond, timeAxisLabels } from "./time";
import { formatTick, formatValue, valueRange, valueStep, valueTicks } from "./value_axis";

export interface Line {
  key: string;
  label: string;
  style: LineStyle;
  /** Nothing while the line is switched off. */
  history: History | undefined;
  /** The newest exact value. */
  value: string;
}

const kHeight = 230;
const kMinimumSpanS = 60;

/** The plot of one environment: a step line for each project, and a legend that switches them. */
export class Plot {
  readonly element: HTMLElement;
  #time = element("span", { class: "quiet" });
  #canvas = element("div", { class: "plot-canvas", role: "img" });
  #legend = element("ul", { class: "legend" });
  #values: HTMLElement[] = [];
  #lines: Line[] = [];
  #from = 0;
  #drawn = "";
  #uplot: uPlot | undefined;
  #resized = new ResizeObserver(() => this.#resize());

  constructor(
    private readonly environment: string,
    private readonly onToggle: (key: string, isOn: boolean) => void,
  ) {
    const title = element("h3", {}, environment);
    this.element = element(
      "figure",
      { class: "card plot", "data-environment": environment },
      element("figcaption", {}, title, this.#time),
      this.#canvas,
      this.#legend,
    );
    this.#resized.observe(this.#canvas);
  }

  /** Draws `lines` from `from` (at the earliest) until now. */
  show(metric: string, lines: Line[], from: number): void {
    this.#lines = lines;
    this.#from = from;
    const drawn = JSON.stringify(lines.map(({ key, label, style, history }) => [key, label, style, !history]));
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#rebuild();
    }
    this.#uplot?.setData(columns(lines));
    this.#showValues();
    const values = lines.map((line) => `${line.label} ${line.value}`).join(", ");
    this.#canvas.setAttribute("aria-label", `History of ${metric} in ${this.environment}; now ${values}`);
  }

  destroy(): void {
    this.#resized.disconnect();
    this.#uplot?.destroy();
    this.element.remove();
  }

  #rebuild(): void {
    this.#uplot?.destroy();
    this.#uplot = new uPlot(this.#options(), columns(this.#lines), this.#canvas);
    this.#values = this.#lines.map(() => element("span", { class: "legend-value" }));
    this.#legend.replaceChildren(...this.#lines.map((line, index) => this.#legendItem(line, index)));
  }

  #legendItem(line: Line, index: number): HTMLElement {
    const swatch = element("span", { class: "swatch" });
    swatch.style.borderTop = `3px ${line.style.dash.length ? "dashed" : "solid"} ${line.style.colour}`;
    const isOn = line.history !== undefined;
    const button = element("button", { type: "button", "aria-pressed": String(isOn) }, swatch, line.label);
    button.addEventListener("click", () => this.onToggle(line.key, !isOn));
    return element("li", {}, button, this.#values[index] ?? "");
  }

  /** Values under the cursor, or the newest. */
  #showValues(): void {
    const index = this.#uplot?.cursor.idx;
    const time = typeof index === "number" ? this.#uplot?.data[0][index] : undefined;
    setText(this.#time, time === undefined ? "" : `${formatSecond(new Date(time * 1000))} UTC`);
    this.#lines.forEach((line, position) => {
      const target = this.#values[position];
      if (!target) return;
      const text = time === undefined ? line.value : valueAt(line.history, time);
      setText(target, text);
    });
  }

  #resize(): void {
    const width = this.#canvas.clientWidth;
    if (width > 0) this.#uplot?.setSize({ width, height: kHeight });
  }

  #options(): uPlot.Options {
    const style = getComputedStyle(document.documentElement);
    const axis: uPlot.Axis = {
      stroke: style.getPropertyValue("--quiet"),
      font: `12px ${style.fontFamily}`,
      grid: { stroke: style.getPropertyValue("--rule"), width: 1 },
      ticks: { show: false },
    };
    return {
      width: this.#canvas.clientWidth || 300,
      height: kHeight,
      padding: [12, 28, 0, 4],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false, setScale: false } },
      hooks: { setCursor: [() => this.#showValues()] },
      scales: {
        x: { range: (_, first) => this.#timeRange(first) },
        y: { range: (_, min, max) => valueRange(min ?? 0, max ?? 0) },
      },
      axes: [
        { ...axis, space: 70, values: (_, times, __, ___, step) => timeAxisLabels(times, step) },
        {
          ...axis,
          size: axisWidth,
          space: 1, // the step is wide enough
          incrs: (plot, _, low, high) => [valueStep(low, high, isWhole(plot.data))],
          splits: (_, __, low, high, step) => valueTicks(low, high, step),
          values: (_, ticks) => ticks.map(formatTick),
        },
      ],
      series: [{}, ...this.#lines.map(seriesOptions)],
    };
  }

  #timeRange(first: number | null): uPlot.Range.MinMax {
    const now = Date.now() / 1000;
    return [Math.min(Math.max(this.#from / 1000, first ?? 0), now - kMinimumSpanS), now];
  }
}

function columns(lines: Line[]): uPlot.AlignedData {
  const tables = lines.map(({ history }): uPlot.AlignedData => [history?.time ?? [], history?.last ?? []]);
  return uPlot.join(tables);
}

function seriesOptions(line: Line): uPlot.Series {
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return {
    label: line.label,
    stroke: line.style.colour,
    width: 2,
    dash: line.style.dash,
    points: { size: 6, fill: line.style.colour },
    ...(stepped ? { paths: stepped } : {}),
  };
}

/** A scalar is sampled: until the next sample the last one counts. */
function valueAt(history: History | undefined, time: number): string {
  const index = history?.time.findLastIndex((sampled) => sampled <= time) ?? -1;
  const value = history?.last[index];
  return value === undefined ? "–" : formatValue(value);
}

function isWhole(data: uPlot.AlignedData): boolean {
  return data.slice(1).every((column) => Array.from(column).every((value) => Number.isInteger(value ?? 0)));
}

function axisWidth(_: uPlot, labels: string[] | null): number {
  const longest = Math.max(1, ...(labels ?? []).map((label) => label.length));
  return longest * 7 + 18;
}
