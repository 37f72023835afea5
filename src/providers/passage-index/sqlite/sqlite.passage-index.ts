import { setImmediate as yieldToOthers } from 'node:timers/promises';
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
  passageIds,
  passagesOf,
  removePassages,
  replacePassages,
  slices,
} from '../passage-rows.js';

/** A negative number begins to merge everything, positive ones go on with it. */
const pagesPerMerge = 100;

/** Passages that are ranked by one statement: some ten milliseconds. */
const mostRanked = 4000;

/** In which a search looks for words that are frequent in the workspace and rare in the scope. */
const parts = 16;

type RankedRow = Parameters<typeof foundPassage>[0] & { readonly passage_id: number };

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

  /**
   * All passages with any of the words are ranked as long as these are few. Of frequent words those are ranked that have
   * all words, and those with the rare ones: a statement holds everybody else up for as long as it takes. Where a narrow
   * scope has fewer of them than are wanted, the frequent words are looked for in parts.
   */
  async matching(scope: PassageScope, terms: readonly string[]): Promise<readonly FoundPassage[]> {
    if (terms.length === 0) return [];
    const counted = await this.count(scope.workspaceId, terms);
    const rare = counted.filter(({ before, passages }, place) => place === 0 || before + passages <= mostRanked);
    const some = await this.ranked(scope, rare.map(({ term }) => quoted(term)).join(' OR '));
    if (rare.length === terms.length) return some.slice(0, scope.limit).map(foundPassage);
    await yieldToOthers();
    const all = await this.ranked(scope, terms.map(quoted).join(' AND '));
    const byPassage = new Map([...some, ...all].map((row) => [row.passage_id, row]));
    if (byPassage.size < scope.limit) {
      for (const row of await this.rankedInParts(scope, terms)) byPassage.set(row.passage_id, row);
    }
    return [...byPassage.values()]
      .sort((one, other) => other.score - one.score || one.passage_id - other.passage_id)
      .slice(0, scope.limit)
      .map(foundPassage);
  }

  /** How many passages of the workspace have each word, as far as that matters: the rarest first, with the sum of those before. */
  private async count(workspaceId: string, terms: readonly string[]) {
    const counts: { term: string; passages: number }[] = [];
    for (const term of terms) {
      const { rows } = await sql<{ passages: number }>`select count(*) as passages from (
        select 1 from passage_words where passage_words match ${inWorkspace(workspaceId, quoted(term))}
        limit ${mostRanked + 1})`.execute(this.database.tables());
      counts.push({ term, passages: rows[0]!.passages });
      await yieldToOthers();
    }
    let before = 0;
    return counts
      .sort((one, other) => one.passages - other.passages)
      .map((each) => ({ ...each, before: (before += each.passages) - each.passages }));
  }

  private async rankedInParts(scope: PassageScope, terms: readonly string[]): Promise<readonly RankedRow[]> {
    const any = terms.map(quoted).join(' OR ');
    const found: RankedRow[] = [];
    for (let part = 0; part < parts; part += 1) {
      const [from, to] = [part, part + 1].map((each) => Math.floor((each / parts) * passageIds));
      found.push(...(await this.ranked(scope, any, { from: from!, to: to! })));
      await yieldToOthers();
    }
    return found;
  }

  private async ranked(
    scope: PassageScope,
    words: string,
    { from, to } = { from: 0, to: passageIds },
  ): Promise<readonly RankedRow[]> {
    const { scope: none, terms: full, context } = weights;
    const { rows } = await sql<RankedRow>`select * from (
        select passages.passage_id, passages.document_id, passages.start_offset, passages.end_offset,
          passages.written_at, -bm25(passage_words, ${none}, ${full}, ${context}) as score
        from passage_words join passages on passages.passage_id = passage_words.rowid
        where passage_words match ${inWorkspace(scope.workspaceId, words)}
          and passage_words.rowid >= ${from} and passage_words.rowid < ${to} and ${inScope(scope)}
        limit ${Math.max(mostRanked, scope.limit)})
      order by score desc, passage_id limit ${scope.limit}`.execute(this.database.tables());
    return rows;
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

function inWorkspace(workspaceId: string, words: string): string {
  return `scope : ${quoted(scopeOf(workspaceId))} AND {terms context} : (${words})`;
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
