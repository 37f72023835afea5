import type { Schemas } from '@/lib/api/client';

export type Crawl = Schemas['Crawl'];
type Phase = Crawl['phase'];

export interface CrawlStep {
  readonly phase: Exclude<Phase, 'queued'>;
  readonly label: string;
  readonly state: 'waiting' | 'current' | 'done' | 'failed' | 'stopped';
}

const steps: readonly { readonly phase: CrawlStep['phase']; readonly label: string }[] = [
  { phase: 'converting', label: 'Read every row and store it' },
  { phase: 'listing', label: 'Look at what is stored' },
  { phase: 'profiling', label: 'Profile the columns' },
  { phase: 'updating', label: 'Bring the catalog up to date' },
];

/** The steps of a crawl, each with how it stands. A crawl that reads what is stored already converts nothing. */
export function crawlSteps({ state, phase }: Pick<Crawl, 'state' | 'phase'>, converts: boolean): CrawlStep[] {
  const taken = converts ? steps : steps.slice(1);
  const at = taken.findIndex((step) => step.phase === phase);
  return taken.map((step, index) => ({ ...step, state: stateOf(state, index, at) }));
}

function stateOf(state: Crawl['state'], index: number, at: number): CrawlStep['state'] {
  if (state === 'succeeded') return 'done';
  if (index < at) return 'done';
  if (index > at) return 'waiting';
  if (state === 'failed') return 'failed';
  return state === 'stopped' ? 'stopped' : 'current';
}

export function isOver({ state }: Pick<Crawl, 'state'>): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'stopped';
}

/** The crawl after one of its events. */
export function afterEvent(crawl: Crawl, event: string, data: unknown): Crawl {
  switch (event) {
    case 'progress': {
      const { state, phase, progress } = data as Pick<Crawl, 'state' | 'phase' | 'progress'>;
      return { ...crawl, state: crawl.state === 'stopping' ? 'stopping' : state, phase, progress };
    }
    case 'succeeded':
    case 'failed':
    case 'stopped':
      return data as Crawl;
    default:
      return crawl;
  }
}
