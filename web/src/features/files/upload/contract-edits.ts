/** How a column of the file is stored: the part of a contract's column that matters here. */
export interface Column {
  readonly source_name: string;
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly null_values?: readonly string[];
  readonly drop?: boolean;
}

/** Whether a person has changed the column from what the file suggests. */
export function isEdited(column: Column, suggested: Column | undefined): boolean {
  return (
    suggested === undefined || column.drop === true || column.name !== suggested.name || isReread(column, suggested)
  );
}

/** Whether its values are read otherwise than the file suggests. Such a type is fixed: what does not fit is rejected. */
export function isReread(column: Column, suggested: Column | undefined): boolean {
  return suggested === undefined || readingOf(column) !== readingOf(suggested);
}

/**
 * The columns that a file has when it is read otherwise, with the changes that a person made before. `lost` counts the
 * changed columns that it has no more.
 */
export function keepEdits<Kept extends Column>(
  before: readonly Kept[],
  suggestedBefore: readonly Column[],
  now: readonly Kept[],
): { readonly columns: readonly Kept[]; readonly kept: number; readonly lost: number } {
  let kept = 0;
  let lost = 0;
  const columns = [...now];
  for (const [index, column] of before.entries()) {
    const suggested = suggestedBefore[index];
    if (!isEdited(column, suggested)) continue;
    const place = now[index]?.source_name === column.source_name ? index : -1;
    if (place < 0) {
      lost += 1;
      continue;
    }
    kept += 1;
    const { name, type, format, null_values, drop } = column;
    const reading = isReread(column, suggested) ? { type, format, null_values } : {};
    columns[place] = {
      ...columns[place]!,
      ...(name === suggested?.name ? {} : { name }),
      ...reading,
      ...(drop ? { drop } : {}),
    };
  }
  return { columns, kept, lost };
}

function readingOf({ type, format, null_values: nullValues }: Column): string {
  return JSON.stringify([type, format ?? null, nullValues ?? []]);
}
