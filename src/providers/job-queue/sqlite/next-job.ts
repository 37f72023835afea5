import type { Database } from '../../database/database.js';
import type { JobTables } from './job-tables.js';

/**
 * The queued job of a kind whose turn it is: the oldest of the workspace that has the fewest of them running, so that a
 * workspace with a thousand jobs does not hold up the others.
 */
export async function nextJob(database: Database, kind: string, now: string): Promise<string | undefined> {
  const due = database
    .tables<JobTables>()
    .selectFrom('jobs as queued')
    .where('queued.state', '=', 'queued')
    .where('queued.kind', '=', kind)
    .where(({ eb, or }) => or([eb('queued.not_before', 'is', null), eb('queued.not_before', '<=', now)]));
  const next = await due
    .select('queued.workspace_id')
    .groupBy('queued.workspace_id')
    .orderBy((eb) =>
      eb
        .selectFrom('jobs as running')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('running.state', '=', 'running')
        .where('running.kind', '=', kind)
        .whereRef('running.workspace_id', '=', 'queued.workspace_id'),
    )
    .orderBy(({ fn }) => fn.min('queued.created_at'))
    .limit(1)
    .executeTakeFirst();
  if (!next) return undefined;
  const oldest = await due
    .select('queued.job_id')
    .where('queued.workspace_id', '=', next.workspace_id)
    .orderBy('queued.created_at')
    .orderBy('queued.job_id')
    .limit(1)
    .executeTakeFirst();
  return oldest?.job_id;
}
