export const measures = ['bytes_stored', 'bytes_scanned', 'concurrent_queries', 'chat_usd'] as const;

/** What a workspace uses and can have a quota for. */
export type Measure = (typeof measures)[number];

/** Those that are counted; how many queries run is looked up. `chat_usd` is counted in millionths of a US dollar. */
export type CountedMeasure = Exclude<Measure, 'concurrent_queries'>;

/** A number for each measure; null where there is no limit. */
export type Limits = Readonly<Record<Measure, number | null>>;

export function byMeasure(value: (measure: Measure) => number | null): Limits {
  return Object.fromEntries(measures.map((measure) => [measure, value(measure)])) as unknown as Limits;
}

export const units = {
  bytes_stored: 'bytes',
  bytes_scanned: 'bytes',
  concurrent_queries: 'queries',
  chat_usd: 'usd',
} as const satisfies Record<Measure, string>;

export const microdollars = 1_000_000;

/** The period that an amount counts for: everything, a month of UTC (`2026-11`), or this moment. */
export function periodOf(measure: Measure, at: Date): string {
  if (measure === 'bytes_stored') return 'all';
  return measure === 'concurrent_queries' ? 'now' : at.toISOString().slice(0, 7);
}

/** When the period is over and counting begins at 0 again; null when it never is. */
export function resetsAt(measure: Measure, at: Date): string | null {
  if (measure === 'bytes_stored' || measure === 'concurrent_queries') return null;
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1)).toISOString();
}

/** How people see an amount of the measure. */
export function shownAmount(measure: Measure, amount: number): number {
  return measure === 'chat_usd' ? amount / microdollars : amount;
}

/** The opposite of `shownAmount`. */
export function storedAmount(measure: Measure, shown: number): number {
  return measure === 'chat_usd' ? Math.round(shown * microdollars) : shown;
}
