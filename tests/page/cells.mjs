// Where things stand in the matrix.

/** The first row of this name: a project, or within an open one an environment. */
export function row(page, name) {
  return page.locator(".row", { has: page.locator(".row-name", { hasText: new RegExp(`^${name}$`) }) }).first();
}

/** The cell of a metric in the row; the column has to be in sight. */
export async function cell(page, name, metric) {
  const head = page.locator(".head-cell", { hasText: metric }).first();
  const index = await head.getAttribute("aria-colindex", { timeout: 20_000 });
  return row(page, name).locator(`.cell[aria-colindex="${index}"]`);
}
