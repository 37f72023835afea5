/** A place in the grid, counted from 0. Row -1 is the header. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** The active cell is where one is; the anchor is where the selection began. */
export interface GridSelection {
  readonly active: GridPlace;
  readonly anchor: GridPlace;
}

/** First and last row and column, both included. */
export interface GridRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that Page Up and Page Down pass. */
  readonly page: number;
}

export interface KeyPressed {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Ctrl, or ⌘ on a Mac. */
  readonly modifier: boolean;
}

export const header = -1;

export function at(place: GridPlace): GridSelection {
  return { active: place, anchor: place };
}

/** The selected cells; of the header nothing is selected. */
export function rangeOf({ active, anchor }: GridSelection): GridRange {
  return {
    top: Math.max(0, Math.min(active.row, anchor.row)),
    bottom: Math.max(active.row, anchor.row),
    left: Math.min(active.column, anchor.column),
    right: Math.max(active.column, anchor.column),
  };
}

/** How many cells are selected. */
export function cellCount({ top, bottom, left, right }: GridRange): number {
  return Math.max(0, bottom - top + 1) * (right - left + 1);
}

/** Where a key leads, or undefined when it does not move. With Shift the selection grows or shrinks. */
export function moved(selection: GridSelection, pressed: KeyPressed, size: GridSize): GridSelection | undefined {
  if (pressed.modifier && pressed.key.toLowerCase() === 'a') return everything(size);
  if (pressed.key === 'Escape') return at(selection.active);
  const target = targetOf(selection.active, pressed, size);
  if (!target) return undefined;
  const lowest = pressed.shiftKey ? 0 : header;
  const active = {
    row: clamp(target.row, Math.min(lowest, size.rows - 1), size.rows - 1),
    column: clamp(target.column, 0, size.columns - 1),
  };
  return pressed.shiftKey
    ? { active, anchor: { ...selection.anchor, row: Math.max(selection.anchor.row, 0) } }
    : at(active);
}

function everything({ rows, columns }: GridSize): GridSelection {
  return { active: { row: rows - 1, column: columns - 1 }, anchor: { row: 0, column: 0 } };
}

function targetOf(
  { row, column }: GridPlace,
  { key, modifier }: KeyPressed,
  { rows, columns, page }: GridSize,
): GridPlace | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: modifier ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: modifier ? rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: modifier ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: modifier ? columns - 1 : column + 1 };
    case 'PageUp':
      return { row: Math.max(row - page, 0), column };
    case 'PageDown':
      return { row: row + page, column };
    case 'Home':
      return { row: modifier ? 0 : row, column: 0 };
    case 'End':
      return { row: modifier ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
