interface Part {
  readonly element: HTMLElement;
}

/**
 * The elements of the shown part of a long list, in its order. What leaves the part is used again for
 * what enters it; what stays keeps its element in place, and so its focus.
 */
export class Recycler<T extends Part> {
  #shown = new Map<number, T>();
  #idle: T[] = [];

  /** Elements become children of `parent`, behind its first `skipped` ones. */
  constructor(
    private readonly parent: HTMLElement,
    private readonly skipped: number,
    private readonly create: () => T,
  ) {}

  get(index: number): T | undefined {
    return this.#shown.get(index);
  }

  all(): Iterable<[number, T]> {
    return this.#shown;
  }

  /** Shows `indices`, which rise. Calls `fill` for what has entered, or with `refill` for everything. */
  arrange(indices: number[], refill: boolean, fill: (part: T, index: number) => void): void {
    const known = this.#shown;
    const leaving = [...known].filter(([index]) => !indices.includes(index)).map(([, part]) => part);
    // When all leave, they are used again where they stand; else they would be in the way of those that stay.
    if (leaving.length < known.size) for (const part of leaving) part.element.remove();
    const idle = [...leaving, ...this.#idle];
    const ordered = new Map<number, T>();
    let next = this.parent.children[this.skipped] ?? null;
    for (const index of indices) {
      const stays = known.get(index);
      const part = stays ?? idle.shift() ?? this.create();
      if (refill || !stays) fill(part, index);
      if (part.element === next) next = next.nextElementSibling;
      else this.parent.insertBefore(part.element, next);
      ordered.set(index, part);
    }
    for (const part of idle) part.element.remove();
    this.#idle = idle;
    this.#shown = ordered;
  }
}
