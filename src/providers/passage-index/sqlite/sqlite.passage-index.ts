import { sql } from 'kysely';
import type { Database, DatabaseTransaction } from '../../database/database.js';
import { ExactVectors } from '../exact/exact-vectors.js';
import { bytesOfVector } from '../exact/vector-arena.js';
import { type FoundPassage, type IndexedDocument, PassageIndex, type PassageScope } from '../passage-index.js';
import {
  countChange,
  foundPassage,
  inScope,
  type NumberedPassage,
  type PassageTables,
  passagesOf,
  removePassages,
  replacePassages,
  slices,
} from '../passage-rows.js';

/** A negative number begins to merge everything, positive ones go on with it. */
const pagesPerMerge = 100;

const weights = { scope: 0, terms: 1, context: 0.4 };

/** Words in SQLite's own full-text index (FTS5), which keeps no copy of the text; vectors are looked at one by one. */
export class SqlitePassageIndex extends PassageIndex {
  readonly description = 'exact search in memory';
  private readonly vectors: ExactVectors;

  constructor(
    private readonly database: Database,
    vectorMemoryBytes: number,
  ) {
    super();
    this.vectors = new ExactVectors(database, vectorMemoryBytes);
  }

  async prepare(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const tables = transaction.tables<PassageTables>();
      await sql`create virtual table if not exists passage_words using fts5(
        scope, terms, context, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
      )`.execute(tables);
      await sql`create trigger if not exists passage_words_removal after delete on passages begin
        delete from passage_words where rowid = old.passage_id;
      end`.execute(tables);
    });
  }

  async replace(
    transaction: DatabaseTransaction,
    workspaceId: string,
    space: string,
    documents: readonly IndexedDocument[],
  ): Promise<void> {
    const { change, added } = await replacePassages(transaction, workspaceId, documents);
    const tables = transaction.tables<PassageTables>();
    for (const some of slices(added)) {
      const rows = some.map((passage) => wordsOf(passage, workspaceId));
      await sql`insert into passage_words (rowid, scope, terms, context) values ${sql.join(rows)}`.execute(tables);
    }
    const vectors = added.flatMap(({ passageId, vector }) =>
      vector
        ? [{ passage_id: passageId, workspace_id: workspaceId, space, change, vector: bytesOfVector(vector) }]
        : [],
    );
    for (const some of slices(vectors)) await tables.insertInto('passage_vectors').values(some).execute();
  }

  async removed(transaction: DatabaseTransaction, workspaceId: string): Promise<void> {
    await countChange(transaction, workspaceId, true);
  }

  async nearest(scope: PassageScope, space: string, vector: Float32Array): Promise<readonly FoundPassage[]> {
    return passagesOf(this.database, scope, await this.vectors.nearest(scope, space, vector));
  }

  async matching(scope: PassageScope, terms: readonly string[]): Promise<readonly FoundPassage[]> {
    if (terms.length === 0) return [];
    const words = terms.map(quoted).join(' OR ');
    const wanted = `scope : ${quoted(scopeOf(scope.workspaceId))} AND {terms context} : (${words})`;
    const { scope: none, terms: full, context } = weights;
    const { rows } = await sql<Parameters<typeof foundPassage>[0]>`
      select passages.document_id, passages.start_offset, passages.end_offset, passages.written_at,
        -bm25(passage_words, ${none}, ${full}, ${context}) as score
      from passage_words join passages on passages.passage_id = passage_words.rowid
      where passage_words match ${wanted} and ${inScope(scope)}
      order by score desc, passages.passage_id limit ${scope.limit}`.execute(this.database.tables<PassageTables>());
    return rows.map(foundPassage);
  }

  /** Words of what was deleted stay in the index until its segments are merged: that is done now, a few pages at a time. */
  async forget(workspaceId: string): Promise<void> {
    await removePassages(this.database, workspaceId);
    let pages = -pagesPerMerge;
    while (await this.merge(pages)) pages = pagesPerMerge;
  }

  async close(): Promise<void> {
    await this.vectors.close();
  }

  /** Whether there was anything to merge: SQLite says so by what the statement has changed. */
  private async merge(pages: number): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const tables = transaction.tables();
      const before = await changesOf(tables);
      await sql`insert into passage_words (passage_words, rank) values ('merge', ${pages})`.execute(tables);
      return (await changesOf(tables)) - before >= 2;
    });
  }
}

async function changesOf(tables: Parameters<ReturnType<typeof sql>['execute']>[0]): Promise<number> {
  const { rows } = await sql<{ changes: number }>`select total_changes() as changes`.execute(tables);
  return rows[0]!.changes;
}

function wordsOf({ passageId, terms, contextTerms }: NumberedPassage, workspaceId: string) {
  return sql`(${passageId}, ${scopeOf(workspaceId)}, ${terms.join(' ')}, ${contextTerms.join(' ')})`;
}

/** The workspace as one word, so that the index itself leaves out what others wrote. */
function scopeOf(workspaceId: string): string {
  return workspaceId.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A text of FTS5's query language, in which quotation marks are doubled. */
function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
