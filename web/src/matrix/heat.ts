import type { Fleet } from "./fleet";

export const kHeatSteps = 7;

/** Where each value stands among all of its metric, in `kHeatSteps` steps: by rank, so that one outlier
 * does not pale the others. */
export class HeatScale {
  #limits = new Map<number, number[]>();

  constructor(private readonly fleet: Fleet) {}

  /** From 0, the lowest, to kHeatSteps - 1; equal values have equal steps. */
  step(metric: number, value: number): number {
    const limits = this.#limitsOf(metric);
    return limits.filter((limit) => value > limit).length;
  }

  /** The highest value of each step but the last. */
  #limitsOf(metric: number): number[] {
    const known = this.#limits.get(metric);
    if (known) return known;
    const values = new Set<number>();
    for (const spoke of this.fleet.spokes) {
      const number = spoke.records[metric]?.number ?? null;
      if (number !== null) values.add(number);
    }
    const ordered = [...values].sort((a, b) => a - b);
    const limits: number[] = [];
    for (let step = 1; step < kHeatSteps; step += 1) {
      const limit = ordered[Math.ceil((step * ordered.length) / kHeatSteps) - 1];
      if (limit !== undefined) limits.push(limit);
    }
    this.#limits.set(metric, limits);
    return limits;
  }
}
