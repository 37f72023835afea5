import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import type { JobHandler } from '../job-queue.js';

interface Next {
  readonly job_id: string;
}

/**
 * The queued job of a kind whose turn it is: the oldest of the workspace that has the fewest of them running, of several
 * such the one whose last turn is the longest ago. A workspace that has as many running as the handler takes of one is
 * passed over. Steps from workspace to workspace in the index, so that a line of thousands costs no more than a short one.
 */
export async function nextJob(
  database: Database,
  { kind, perWorkspace }: Pick<JobHandler<unknown>, 'kind' | 'perWorkspace'>,
  now: string,
): Promise<string | undefined> {
  const queued = (condition: RawBuilder<unknown>) =>
    sql`from jobs where state = 'queued' and kind = ${kind} and ${condition}`;
  const { rows } = await sql<Next>`
    with recursive
      waiting (workspace_id) as (
        select min(workspace_id) ${queued(sql`true`)}
        union all
        select (select min(workspace_id) ${queued(sql`workspace_id > waiting.workspace_id`)})
        from waiting where workspace_id is not null
      ),
      candidates as (
        select
          (select job_id ${queued(sql`workspace_id = waiting.workspace_id and (not_before is null or not_before <= ${now})`)}
            order by created_at, job_id limit 1) as job_id,
          (select count(*) from jobs
            where state = 'running' and kind = ${kind} and workspace_id = waiting.workspace_id) as running,
          (select last_turn from job_turns where kind = ${kind} and workspace_id = waiting.workspace_id) as last_turn
        from waiting where workspace_id is not null
      )
    select job_id from candidates
    where job_id is not null and running < ${perWorkspace ?? Number.MAX_SAFE_INTEGER}
    order by running, coalesce(last_turn, 0), job_id
    limit 1`.execute(database.tables());
  return rows[0]?.job_id;
}
