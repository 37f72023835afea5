import type { Tone } from '@/components/ui/badge';
import type { Schemas } from '@/lib/api/client';

type State = Schemas['JobView']['state'];

/** What kinds of background work do, in words. */
const names: Readonly<Record<string, string>> = {
  'datasets.publish': 'Publish a data set',
  'datasets.remove': 'Remove a data set’s files',
  'crawls.run': 'Crawl a data set',
  'sources.sync': 'Read a source',
  'sources.schedule': 'Ask for a scheduled sync',
  'sources.tables': 'Bring tables of a source up to date',
  'sources.purge': 'Remove deleted sources',
  'documents.index': 'Make documents findable',
  'prompts.process': 'Answer a prompt',
  'analysis.run': 'Analyse interviews',
  'workspaces.purge': 'Remove a deleted workspace',
  'workspaces.end_work': 'End what a workspace runs',
  'queries.expire_results': 'Remove old results',
  'sessions.sweep': 'Remove ended sessions',
  'uploads.expire': 'Remove old uploads',
};

export const jobKinds = [
  'datasets.publish',
  'datasets.remove',
  'crawls.run',
  'sources.sync',
  'sources.tables',
  'documents.index',
  'prompts.process',
  'analysis.run',
].map((value) => ({ value, label: jobName(value) }));

export function jobName(kind: string): string {
  return names[kind] ?? kind;
}

export const jobStates: readonly State[] = ['queued', 'running', 'succeeded', 'failed', 'cancelled'];

export const jobTones: Readonly<Record<State, Tone>> = {
  queued: 'neutral',
  running: 'accent',
  succeeded: 'success',
  failed: 'danger',
  cancelled: 'warning',
};

/** Whether more will happen by itself. */
export function isUnderWay({ state }: { state: State }): boolean {
  return state === 'queued' || state === 'running';
}
