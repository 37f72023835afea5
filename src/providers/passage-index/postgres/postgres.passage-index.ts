import { sql } from 'kysely';
import type { Logger } from 'pino';
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

/** Replicas that start at once prepare in turn: any number that nobody else of us takes. */
const preparationLock = 7_046_029_254;
const rowsPerStep = 500;
/** A `tsvector` counts no further. */
const lastPlace = 16_383;

export interface PostgresPassageIndexOptions {
  readonly vectorMemoryBytes: number;
  readonly logger: Logger;
  /** Whether the extension is used where it is there; `true` when absent. */
  readonly pgvector?: boolean;
}

/**
 * Words as `tsvector`; vectors by the extension pgvector, where the server has it, which looks at all vectors of the
 * workspace: an approximate index would lose hits to the filters. Without it they are searched in the service's memory.
 */
export class PostgresPassageIndex extends PassageIndex {
  private readonly exact: ExactVectors;
  private hasExtension = false;

  constructor(
    private readonly database: Database,
    private readonly options: PostgresPassageIndexOptions,
  ) {
    super();
    this.exact = new ExactVectors(database, options.vectorMemoryBytes);
  }

  get description(): string {
    return this.hasExtension ? 'pgvector' : 'exact search in memory, since the server has no extension pgvector';
  }

  async prepare(): Promise<void> {
    await this.underLock(async (transaction) => {
      const tables = transaction.tables();
      await sql`alter table passages add column if not exists words tsvector`.execute(tables);
      await sql`create index if not exists passages_by_word on passages using gin (words)`.execute(tables);
    });
    this.hasExtension = this.options.pgvector !== false && (await this.addExtension());
    if (!this.hasExtension) return;
    await this.underLock(async (transaction) => {
      await sql`alter table passage_vectors add column if not exists embedding vector`.execute(transaction.tables());
    });
    while ((await this.copyVectors()) === rowsPerStep);
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
      const rows = some.map((passage) => sql`(${passage.passageId}::bigint, ${wordsOf(passage)}::tsvector)`);
      await sql`update passages set words = new.words
        from (values ${sql.join(rows)}) as new (passage_id, words)
        where passages.passage_id = new.passage_id`.execute(tables);
    }
    const vectors = added.flatMap(({ passageId, vector }) => (vector ? [{ passageId, vector }] : []));
    for (const some of slices(vectors, 100)) {
      const rows = some.map(({ passageId, vector }) =>
        this.hasExtension
          ? sql`(${passageId}, ${workspaceId}, ${space}, ${change}, ${asText(vector)}::vector)`
          : sql`(${passageId}, ${workspaceId}, ${space}, ${change}, ${bytesOfVector(vector)})`,
      );
      const column = sql.ref(this.hasExtension ? 'embedding' : 'vector');
      await sql`insert into passage_vectors (passage_id, workspace_id, space, change, ${column})
        values ${sql.join(rows)}`.execute(tables);
    }
  }

  async removed(transaction: DatabaseTransaction, workspaceId: string): Promise<void> {
    await countChange(transaction, workspaceId, true);
  }

  async nearest(scope: PassageScope, space: string, vector: Float32Array): Promise<readonly FoundPassage[]> {
    if (!this.hasExtension) {
      return passagesOf(this.database, scope, await this.exact.nearest(scope, space, vector));
    }
    const query = asText(vector);
    const { rows } = await sql<Parameters<typeof foundPassage>[0]>`
      select passages.document_id, passages.start_offset, passages.end_offset, passages.written_at,
        case when vector_dims(vectors.embedding) = ${vector.length}
          then -(vectors.embedding <#> ${query}::vector) end as score
      from passage_vectors vectors join passages on passages.passage_id = vectors.passage_id
      where vectors.workspace_id = ${scope.workspaceId} and vectors.space = ${space}
        and vector_dims(vectors.embedding) = ${vector.length} and ${inScope(scope)}
      order by score desc, passages.passage_id limit ${scope.limit}`.execute(this.database.tables<PassageTables>());
    return rows.map(foundPassage);
  }

  /** Each term counts by how few of the workspace's passages have it, as it does in SQLite. */
  async matching(scope: PassageScope, terms: readonly string[]): Promise<readonly FoundPassage[]> {
    if (terms.length === 0) return [];
    const tables = this.database.tables<PassageTables>();
    const lexemes = terms.map(quoted);
    const counts = lexemes.map(
      (lexeme, place) => sql`count(*) filter (where words @@ ${lexeme}::tsquery) as ${sql.ref(`with_${place}`)}`,
    );
    const any = lexemes.join(' | ');
    const { rows: counted } = await sql<Record<string, number>>`
      select ${sql.join(counts)} from passages
      where workspace_id = ${scope.workspaceId} and words @@ ${any}::tsquery`.execute(tables);
    const scores = lexemes.map((lexeme, place) => {
      const weight = 1 / Math.log2(2 + (counted[0]?.[`with_${place}`] ?? 0));
      return sql`${weight}::float8 * ts_rank('{0, 0.4, 0.4, 1}', words, ${lexeme}::tsquery)`;
    });
    const { rows } = await sql<Parameters<typeof foundPassage>[0]>`
      select document_id, start_offset, end_offset, written_at, ${sql.join(scores, sql` + `)} as score
      from passages where ${inScope(scope)} and words @@ ${any}::tsquery
      order by score desc, passage_id limit ${scope.limit}`.execute(tables);
    return rows.map(foundPassage);
  }

  async forget(workspaceId: string): Promise<void> {
    await removePassages(this.database, workspaceId);
  }

  async close(): Promise<void> {
    await this.exact.close();
  }

  private underLock(work: (transaction: DatabaseTransaction) => Promise<void>): Promise<void> {
    return this.database.transaction(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${preparationLock})`.execute(transaction.tables());
      await work(transaction);
    });
  }

  /** Not every server has it, and not every user may add it. */
  private async addExtension(): Promise<boolean> {
    try {
      await this.underLock(async (transaction) => {
        await sql`create extension if not exists vector`.execute(transaction.tables());
      });
      return true;
    } catch (error) {
      this.options.logger.info({ err: error }, 'Vectors are searched in memory: the extension pgvector cannot be used');
      return false;
    }
  }

  /** What was stored before the server had the extension. Answers how many there were. */
  private async copyVectors(): Promise<number> {
    return this.database.transaction(async (transaction) => {
      const tables = transaction.tables<PassageTables>();
      const { rows } = await sql<{ passage_id: number; vector: Uint8Array }>`
        select passage_id, vector from passage_vectors where embedding is null and vector is not null
        limit ${rowsPerStep}`.execute(tables);
      for (const { passage_id, vector } of rows) {
        const floats = new Float32Array(Uint8Array.from(vector).buffer);
        await sql`update passage_vectors set embedding = ${asText(floats)}::vector, vector = null
          where passage_id = ${passage_id}`.execute(tables);
      }
      return rows.length;
    });
  }
}

/** As pgvector reads it. */
function asText(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}

/** Terms as a `tsvector` is written: its own reading of a text would depend on the language of the server. */
function wordsOf({ terms, contextTerms }: NumberedPassage): string {
  const places = (words: readonly string[], weight: string) =>
    words.map((word, place) => `${quoted(word)}:${Math.min(place + 1, lastPlace)}${weight}`);
  return [...places(terms, 'A'), ...places(contextTerms, 'C')].join(' ');
}

function quoted(term: string): string {
  return `'${term.replace(/['\\]/g, '$&$&')}'`;
}
