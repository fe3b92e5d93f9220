/** Which metrics are columns, and in which order; none chosen means all in their own order. */

/** All metrics, the chosen ones first. */
export function listed(all: string[], chosen: string[]): string[] {
  const known = shown(all, chosen);
  return [...known, ...all.filter((name) => !known.includes(name))];
}

/** The columns that `chosen` stands for. */
export function shown(all: string[], chosen: string[]): string[] {
  return chosen.length === 0 ? all : chosen.filter((name) => all.includes(name));
}

/** With `name` shown or not. The last column cannot be taken away. */
export function withColumn(all: string[], chosen: string[], name: string, isShown: boolean): string[] {
  const others = shown(all, chosen).filter((other) => other !== name);
  if (!isShown && others.length === 0) return chosen;
  return simplest(all, isShown ? [...others, name] : others);
}

/** With `name` moved by `steps` to the right, or to the left if they are negative. */
export function movedColumn(all: string[], chosen: string[], name: string, steps: number): string[] {
  const order = [...shown(all, chosen)];
  const from = order.indexOf(name);
  const to = from + steps;
  if (from < 0 || to < 0 || to >= order.length) return chosen;
  order.splice(to, 0, ...order.splice(from, 1));
  return simplest(all, order);
}

function simplest(all: string[], order: string[]): string[] {
  const isAll = order.length === all.length && order.every((name, index) => name === all[index]);
  return isAll ? [] : order;
}
