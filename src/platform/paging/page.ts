/**
 * A page made of rows that were asked for with `limit + 1`: whether the last one came tells whether there is more.
 * `cursorOf` is given the last row of the page.
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
  cursorOf: (last: Row) => string,
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => show(row)),
    next_cursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}
