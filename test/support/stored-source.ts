import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

type Row = Readonly<Record<string, SQLOutputValue>>;

/** All that a service holds of a source, but for names that it makes up itself. */
export interface StoredSource {
  readonly documents: readonly Row[];
  /** With their vectors, and whether they are found by words. */
  readonly passages: readonly Row[];
  /** Where the next sync begins, and what is left to do. */
  readonly state: Row;
  /** Of the rows of its table; absent where it has none. */
  readonly tableHash: string | undefined;
}

/** Reads the database of a service that has ended. */
export function storedSource(dataDirectory: string, sourceId: string): StoredSource {
  return read(dataDirectory, (rows) => {
    const [source] = rows('select position, pending_mode, sync, exported from sources where source_id = ?', sourceId);
    const { exported, ...state } = source!;
    return {
      documents: rows(
        `select external_id, kind, title, text, author, author_key, url, container, parts, metadata, content_hash,
           search_hash, indexed_as, created_at, updated_at
         from documents where source_id = ? order by external_id`,
        sourceId,
      ),
      passages: rows(
        `select external_id, start_offset, end_offset, passages.author_key, written_at, hex(vector) as vector,
           exists (select 1 from passage_words where passage_words.rowid = passages.passage_id) as by_words
         from passages join documents using (workspace_id, document_id) left join passage_vectors using (passage_id)
         where documents.source_id = ? order by external_id, start_offset`,
        sourceId,
      ),
      state,
      tableHash: exported == null ? undefined : (JSON.parse(exported as string) as { hash: string }).hash,
    };
  });
}

/** Ids of its documents and passages, which stay as long as nothing is changed. */
export function storedIds(dataDirectory: string, sourceId: string): readonly Row[] {
  return read(dataDirectory, (rows) =>
    rows(
      'select document_id, passage_id from documents left join passages using (workspace_id, document_id) where documents.source_id = ? order by 1, 2',
      sourceId,
    ),
  );
}

function read<Result>(dataDirectory: string, work: (rows: (sql: string, sourceId: string) => Row[]) => Result): Result {
  const file = new DatabaseSync(join(dataDirectory, 'tabletalk.db'), { readOnly: true });
  try {
    return work((sql, sourceId) => file.prepare(sql).all(sourceId));
  } finally {
    file.close();
  }
}
