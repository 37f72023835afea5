import { type Kysely, sql } from 'kysely';

interface Tables {
  dataset_versions: {
    workspace_id: string;
    dataset: string;
    version: number;
    state: string;
    mode: string;
    files: string | null;
    added_bytes: number;
  };
}

/** What workspaces use and how much they may, and whose turn it is among those that have jobs. */
export async function up(schema: Kysely<unknown>): Promise<void> {
  await createUsage(schema);
  await createTurns(schema);
  await schema.schema
    .alterTable('dataset_versions')
    .addColumn('added_bytes', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  const tables = schema as Kysely<Tables>;
  await measureVersions(tables);
  await fillStored(tables);
  await fillScanned(tables);
}

async function createUsage(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('usage_counters')
    .addColumn('workspace_id', 'text', (column) => column.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('measure', 'text', (column) => column.notNull())
    .addColumn('period', 'text', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_counters_key', ['workspace_id', 'measure', 'period'])
    .execute();
  await schema.schema
    .createTable('workspace_quotas')
    .addColumn('workspace_id', 'text', (column) => column.primaryKey().references('workspaces.id').onDelete('cascade'))
    .addColumn('bytes_stored', 'bigint')
    .addColumn('bytes_scanned', 'bigint')
    .addColumn('concurrent_queries', 'bigint')
    .addColumn('chat_usd', 'bigint')
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute();
}

async function createTurns(schema: Kysely<unknown>): Promise<void> {
  await schema.schema
    .createTable('job_turns')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('last_turn', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('job_turns_key', ['kind', 'workspace_id'])
    .execute();
  await schema.schema.createIndex('job_turns_by_turn').on('job_turns').columns(['kind', 'last_turn']).execute();
}

/** A version's own file is the last one in its list. How large its rejected rows are was not written down until now. */
async function measureVersions(tables: Kysely<Tables>): Promise<void> {
  const versions = await tables
    .selectFrom('dataset_versions')
    .select(['workspace_id', 'dataset', 'version', 'files'])
    .where('state', '=', 'ready')
    .where('mode', '!=', 'restore')
    .execute();
  for (const { workspace_id, dataset, version, files } of versions) {
    const own = (JSON.parse(files ?? '[]') as { bytes: number }[]).at(-1);
    await tables
      .updateTable('dataset_versions')
      .set({ added_bytes: own?.bytes ?? 0 })
      .where('workspace_id', '=', workspace_id)
      .where('dataset', '=', dataset)
      .where('version', '=', version)
      .execute();
  }
}

async function fillStored(tables: Kysely<Tables>): Promise<void> {
  await sql`
    insert into usage_counters (workspace_id, measure, period, amount)
    select id, 'bytes_stored', 'all',
      (select coalesce(sum(bytes), 0) from uploads where workspace_id = id and status in ('ready', 'submitted')) +
      (select coalesce(sum(added_bytes), 0) from dataset_versions where workspace_id = id)
    from workspaces
  `.execute(tables);
}

async function fillScanned(tables: Kysely<Tables>): Promise<void> {
  await sql`
    insert into usage_counters (workspace_id, measure, period, amount)
    select workspace_id, 'bytes_scanned', substr(finished_at, 1, 7), sum(bytes_scanned)
    from queries
    where started_at is not null and finished_at is not null
    group by workspace_id, substr(finished_at, 1, 7)
  `.execute(tables);
}
