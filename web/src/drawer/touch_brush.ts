import type uPlot from "uplot";

const kBrushMinimum = 12; // pixels; a finger that has moved less taps

/**
 * Takes from a finger what uPlot takes from a mouse only: the cursor is where the finger is, and the stretch
 * that it is drawn along is selected. What becomes scrolling, up or down, has selected nothing.
 */
export class TouchBrush {
  #finger: { id: number; start: number } | undefined;

  constructor(private readonly plot: uPlot) {
    const { over } = plot;
    over.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "touch" || !event.isPrimary) return;
      this.#finger = { id: event.pointerId, start: this.#leftOf(event) };
      this.#point(this.#finger.start);
    });
    over.addEventListener("pointermove", (event) => {
      if (event.pointerId === this.#finger?.id) this.#draw(this.#finger.start, this.#leftOf(event));
    });
    over.addEventListener("pointerup", (event) => {
      if (event.pointerId === this.#finger?.id) this.#lift(this.#finger.start, this.#leftOf(event));
    });
    over.addEventListener("pointercancel", (event) => {
      if (event.pointerId === this.#finger?.id) this.#end();
    });
  }

  #draw(start: number, left: number): void {
    this.#point(left);
    this.#select(start, left);
  }

  #lift(start: number, left: number): void {
    const isTap = Math.abs(left - start) < kBrushMinimum;
    this.#end();
    if (isTap) this.#point(left);
    else this.#select(start, left, true);
  }

  #end(): void {
    this.#finger = undefined;
    this.#select(0, 0);
    this.plot.setCursor({ left: -10, top: -10 });
  }

  #point(left: number): void {
    this.plot.setCursor({ left, top: 0 });
  }

  #select(start: number, left: number, isDone = false): void {
    const height = left === start ? 0 : this.plot.over.clientHeight;
    this.plot.setSelect({ left: Math.min(start, left), width: Math.abs(left - start), top: 0, height }, isDone);
  }

  #leftOf({ clientX }: PointerEvent): number {
    const { left, width } = this.plot.over.getBoundingClientRect();
    return Math.min(Math.max(clientX - left, 0), width);
  }
}
