import { randomInt } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { FoundPassage, IndexedDocument, Passage, PassageScope } from './passage-index.js';

export interface PassageRow {
  passage_id: number;
  workspace_id: string;
  source_id: string;
  document_id: string;
  start_offset: number;
  end_offset: number;
  author_key: string;
  written_at: string;
  /** Of its document. */
  kind: string;
}

export interface VectorRow {
  passage_id: number;
  workspace_id: string;
  space: string;
  /** The change of the workspace that brought it. */
  change: number;
  vector: Uint8Array | null;
}

export interface PassageTables {
  passages: PassageRow;
  passage_vectors: VectorRow;
  passage_changes: { workspace_id: string; changes: number; removals: number };
}

/** A passage that has got its number. */
export interface NumberedPassage extends Passage {
  readonly passageId: number;
}

/** Numbers of passages lie below. */
export const passageIds = 2 ** 48 - 1;

/** The tables have a limit of values in one statement. */
const rowsTogether = 500;

/** What both databases store alike: passages and the count of changes by which copies in memory are kept up to date. */
export async function replacePassages(
  transaction: DatabaseTransaction,
  workspaceId: string,
  documents: readonly IndexedDocument[],
): Promise<{ readonly change: number; readonly added: readonly NumberedPassage[] }> {
  const { numDeletedRows } = await transaction
    .tables<PassageTables>()
    .deleteFrom('passages')
    .where('workspace_id', '=', workspaceId)
    .where(
      'document_id',
      'in',
      documents.map(({ documentId }) => documentId),
    )
    .executeTakeFirst();
  const change = await countChange(transaction, workspaceId, numDeletedRows > 0n);
  const added: NumberedPassage[] = [];
  const rows = documents.flatMap(({ sourceId, documentId, kind, passages }) =>
    passages.map((passage): PassageRow => {
      // By chance, so that no two transactions need agree on the next one.
      const passageId = randomInt(1, passageIds);
      added.push({ ...passage, passageId });
      return {
        passage_id: passageId,
        workspace_id: workspaceId,
        source_id: sourceId,
        document_id: documentId,
        start_offset: passage.start,
        end_offset: passage.end,
        author_key: passage.authorKey,
        written_at: passage.writtenAt,
        kind,
      };
    }),
  );
  for (const some of slices(rows))
    await transaction.tables<PassageTables>().insertInto('passages').values(some).execute();
  return { change, added };
}

/** Numbers the changes of a workspace: 1, 2, 3 … */
export async function countChange(
  transaction: DatabaseTransaction,
  workspaceId: string,
  removes: boolean,
): Promise<number> {
  const { changes } = await transaction
    .tables<PassageTables>()
    .insertInto('passage_changes')
    .values({ workspace_id: workspaceId, changes: 1, removals: removes ? 1 : 0 })
    .onConflict((conflict) =>
      conflict.column('workspace_id').doUpdateSet((builder) => ({
        changes: builder('passage_changes.changes', '+', 1),
        removals: builder('passage_changes.removals', '+', removes ? 1 : 0),
      })),
    )
    .returning('changes')
    .executeTakeFirstOrThrow();
  return changes;
}

export function* slices<Row>(rows: readonly Row[], size = rowsTogether): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

/** A few at a time: nobody waits for this, but everybody else waits for the database. */
export async function removePassages(database: Database, workspaceId: string): Promise<void> {
  for (;;) {
    const rows = await database
      .tables<PassageTables>()
      .selectFrom('passages')
      .select('passage_id')
      .where('workspace_id', '=', workspaceId)
      .limit(rowsTogether)
      .execute();
    if (rows.length === 0) return;
    await database
      .tables<PassageTables>()
      .deleteFrom('passages')
      .where(
        'passage_id',
        'in',
        rows.map(({ passage_id }) => passage_id),
      )
      .execute();
  }
}

/** The scope as a condition on the table `passages`. */
export function inScope({ workspaceId, sourceIds, from, to, authorKey, kind }: PassageScope): RawBuilder<boolean> {
  const conditions = [
    sql`passages.workspace_id = ${workspaceId}`,
    sourceIds.length === 0 ? sql`1 = 0` : sql`passages.source_id in (${sql.join(sourceIds)})`,
    ...(from === undefined ? [] : [sql`passages.written_at >= ${from}`]),
    ...(to === undefined ? [] : [sql`passages.written_at < ${to}`]),
    ...(authorKey === undefined ? [] : [sql`passages.author_key = ${authorKey}`]),
    ...(kind === undefined ? [] : [sql`passages.kind = ${kind}`]),
  ];
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

type ScoredRow = Pick<PassageRow, 'document_id' | 'start_offset' | 'end_offset' | 'written_at'> & {
  readonly score: number;
};

export function foundPassage({ document_id, start_offset, end_offset, written_at, score }: ScoredRow): FoundPassage {
  return { documentId: document_id, start: start_offset, end: end_offset, writtenAt: written_at, score };
}

/** The passages with these numbers, in their order; not those that are out of the scope, or gone. */
export async function passagesOf(
  database: Database,
  scope: PassageScope,
  hits: readonly { readonly id: number; readonly score: number }[],
): Promise<readonly FoundPassage[]> {
  const found = new Map<number, PassageRow>();
  for (const some of slices(hits.map(({ id }) => id))) {
    const rows = await database
      .tables<PassageTables>()
      .selectFrom('passages')
      .selectAll()
      .where('passage_id', 'in', some)
      .where(inScope(scope))
      .execute();
    for (const row of rows) found.set(row.passage_id, row);
  }
  return hits.flatMap(({ id, score }) => {
    const row = found.get(id);
    return row ? [foundPassage({ ...row, score })] : [];
  });
}
