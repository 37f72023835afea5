export type CrawlPhase = 'queued' | 'converting' | 'listing' | 'profiling' | 'updating';

/** What the jobs of a crawl report. */
export interface CrawlStep {
  readonly phase: CrawlPhase;
  /**
   * 0 to 1 of the whole crawl, conversion included. It goes back with what is done again: a file that has to be read in
   * another way, a job that is tried again.
   */
  readonly fraction: number;
  readonly rows?: number | undefined;
  readonly bytes?: number | undefined;
}

/** Share of a crawl that a conversion before it takes, by experience. */
export const conversionShare = 0.8;

/** The fraction of the whole, given how far one part of it is and where that part begins and ends. */
export function within(begin: number, end: number, fraction: number): number {
  const bounded = Math.min(1, Math.max(0, fraction));
  return Math.round((begin + (end - begin) * bounded) * 1000) / 1000;
}
