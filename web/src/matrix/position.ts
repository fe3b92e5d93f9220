/** A cell of the matrix: row -1 is the head, column -1 the rows' heads. */
export interface Position {
  row: number;
  column: number;
}

/** The numbers of rows and columns, and how many rows are in sight. */
export interface Extent {
  rows: number;
  columns: number;
  page: number;
}

/** Where a key leads from `from`; nothing for a key that does not move. */
export function moved(from: Position, key: string, withControl: boolean, extent: Extent): Position | undefined {
  const { row, column } = from;
  const lastRow = extent.rows - 1;
  const lastColumn = extent.columns - 1;
  switch (key) {
    case "ArrowUp": return { row: Math.max(-1, row - 1), column };
    case "ArrowDown": return { row: Math.min(lastRow, row + 1), column };
    case "ArrowLeft": return { row, column: Math.max(-1, column - 1) };
    case "ArrowRight": return { row, column: Math.min(lastColumn, column + 1) };
    case "PageUp": return { row: Math.max(0, row - extent.page), column };
    case "PageDown": return { row: Math.min(lastRow, row + extent.page), column };
    case "Home": return { row: withControl ? 0 : row, column: -1 };
    case "End": return { row: withControl ? lastRow : row, column: lastColumn };
    default: return undefined;
  }
}
