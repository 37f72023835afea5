/** Where a walk over items in the order of their last change is. */
export interface WalkPosition {
  /** The change of the last item that was taken; absent: none yet. */
  readonly after?: string;
  /** Ids of the items taken that changed at that very time. */
  readonly seen?: readonly number[];
}

export interface Changed {
  readonly id: number;
  readonly time: string;
}

/** Whether an item lies behind the position. */
export function isBehind({ after, seen = [] }: WalkPosition, { id, time }: Changed): boolean {
  return after === undefined || time > after || (time === after && !seen.includes(id));
}

/** The position once the items, in the order of their changes, are taken as well. */
export function moved(position: WalkPosition, items: readonly Changed[]): WalkPosition {
  const after = items.at(-1)?.time ?? position.after;
  if (after === undefined) return position;
  const before = after === position.after ? (position.seen ?? []) : [];
  return { after, seen: [...before, ...items.filter(({ time }) => time === after).map(({ id }) => id)] };
}
