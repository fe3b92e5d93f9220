const kEdge = 28; // pixels from the list's edge, where it scrolls
const kScroll = 8; // pixels a frame

interface Drag {
  pointer: number;
  row: HTMLElement;
  /** Where the row's middle would be if it followed the pointer. */
  y: number;
  /** How far the pointer is below that. */
  below: number;
  /** All rows as they stood. */
  order: Element[];
}

/**
 * Lets the rows of a list be dragged by their grips (class grip), with a mouse or a finger. Rows without one
 * stand behind and stay. Escape takes a drag back.
 */
export class RowDrag {
  #drag: Drag | undefined;

  /** `onDrop` is told by how many rows downwards, or upwards if negative, a row was moved. */
  constructor(
    private readonly list: HTMLElement,
    private readonly onDrop: (row: HTMLElement, steps: number) => void,
  ) {
    list.addEventListener("pointerdown", (event) => this.#begin(event));
    list.addEventListener("pointermove", ({ pointerId, clientY }) => {
      if (pointerId === this.#drag?.pointer) this.#move(this.#drag, clientY - this.#drag.below);
    });
    list.addEventListener("pointerup", ({ pointerId }) => {
      if (pointerId === this.#drag?.pointer) this.#drop(this.#drag);
    });
    list.addEventListener("lostpointercapture", ({ pointerId }) => {
      if (pointerId === this.#drag?.pointer) this.#takeBack();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#drag) return;
      event.preventDefault(); // the list stays open
      this.#takeBack();
    });
  }

  #begin(event: PointerEvent): void {
    const row = (event.target as Element).closest(".grip")?.closest("li");
    if (!row || event.button !== 0 || this.#drag) return;
    event.preventDefault(); // nothing is marked as text, the focus stays
    this.list.setPointerCapture(event.pointerId);
    const y = middleOf(row);
    const drag = { pointer: event.pointerId, row, y, below: event.clientY - y, order: [...this.list.children] };
    this.#drag = drag;
    row.classList.add("dragged");
    requestAnimationFrame(() => this.#scroll(drag));
  }

  /** The others make room, so that the row stands nearest to `y`; moved itself, it would lose the pointer. */
  #move(drag: Drag, y: number): void {
    drag.y = y;
    const { row } = drag;
    const half = row.offsetHeight / 2;
    for (let other = row.previousElementSibling; other && y < middleOf(other) + half; other = row.previousElementSibling) {
      row.after(other);
    }
    for (let other = row.nextElementSibling; other && y > middleOf(other) - half; other = row.nextElementSibling) {
      if (!other.querySelector(".grip")) break;
      row.before(other);
    }
  }

  /** As long as the pointer is at an edge. */
  #scroll(drag: Drag): void {
    if (drag !== this.#drag) return;
    const { top, bottom } = this.list.getBoundingClientRect();
    if (drag.y < top + kEdge) this.list.scrollTop -= kScroll;
    if (drag.y > bottom - kEdge) this.list.scrollTop += kScroll;
    this.#move(drag, drag.y);
    requestAnimationFrame(() => this.#scroll(drag));
  }

  #drop({ row, order }: Drag): void {
    const steps = [...this.list.children].indexOf(row) - order.indexOf(row);
    this.#end();
    if (steps !== 0) this.onDrop(row, steps);
  }

  #takeBack(): void {
    if (!this.#drag) return;
    this.list.replaceChildren(...this.#drag.order);
    this.#end();
  }

  #end(): void {
    this.#drag?.row.classList.remove("dragged");
    this.#drag = undefined;
  }
}

function middleOf(row: Element): number {
  const { top, bottom } = row.getBoundingClientRect();
  return (top + bottom) / 2;
}
