import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { ObjectStore } from '../../../../src/providers/object-store/object-store.js';
import {
  type CheckedStatement,
  type QueryEngine,
  type QueryParameter,
  type SqlFault,
  SqlRejected,
} from '../../../../src/providers/query-engine/query-engine.js';
import type { FakeTable, FakeTables } from '../glue/fake-tables.js';
import { type AthenaRow, athenaText } from './athena-text.js';

export interface RunnerRequest {
  readonly sql: string;
  readonly database: string | undefined;
  /** Literals of SQL. */
  readonly parameters: readonly string[];
  readonly signal: AbortSignal;
}

export interface RunnerResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly AthenaRow[];
  readonly bytesScanned: number;
}

/** Runs statements of Athena; rejects with `RunnerFailure`. */
export type Runner = (request: RunnerRequest) => Promise<RunnerResult>;

/** A statement that failed, with the reason as Athena writes it. */
export class RunnerFailure extends Error {}

/** Real answers, by the embedded engine, over the tables and files that Glue knows. */
export function duckDbRunner(engine: QueryEngine, glue: FakeTables, store: ObjectStore): Runner {
  return async ({ sql, database, parameters, signal }) => {
    const tables = database === undefined ? [] : [...glue.tablesOf(database).values()];
    const schemas = tables.map(schemaOf);
    const [, explained] = /^EXPLAIN \(TYPE VALIDATE\)\n([\s\S]*)$/.exec(sql) ?? [];
    try {
      const statement = await engine.check(explained ?? sql, schemas);
      const files = await Promise.all(
        tables.filter((each) => isRead(statement, each)).map((each) => filesOf(each, store)),
      );
      const values = parameters.map(valueOf);
      const common = {
        workspaceId: 'athena',
        statement,
        userSql: sql,
        schemas,
        tables: files,
        parameters: values,
        signal,
      };
      if (explained !== undefined) {
        await engine.dryRun(common);
        return { columns: [{ name: 'Valid', type: 'boolean' }], rows: [['true']], bytesScanned: 0 };
      }
      const limits = { maxRows: 1_000_000, firstPageRows: 1_000_000, deadlineMs: 60_000 };
      const resultKey = `workspaces/athena/results/${randomUUID()}.parquet`;
      const outcome = await engine.run({ ...common, ...limits, queryId: randomUUID(), resultKey });
      await store.delete(resultKey);
      const rows = JSON.parse(outcome.firstPage!.rowsJson) as unknown[][];
      const { bytesScanned } = await engine.estimate(statement, files);
      return { columns: outcome.columns, rows: rows.map((row) => athenaText(row, outcome.columns)), bytesScanned };
    } catch (error) {
      throw error instanceof SqlRejected
        ? new RunnerFailure(reasonOf(error.fault, explained === undefined ? 0 : 1))
        : error;
    }
  };
}

function schemaOf({ input }: FakeTable) {
  const columns = input.StorageDescriptor!.Columns!.map(({ Name, Type }) => {
    return { name: Name!, type: Type === 'string' ? 'varchar' : Type! };
  });
  return { table: input.Name!, columns };
}

const isRead = ({ tables }: CheckedStatement, { input }: FakeTable) => tables.includes(input.Name!);

/** The files that the manifest at the table's location lists. */
async function filesOf({ input }: FakeTable, store: ObjectStore) {
  const manifest = await text(await store.get(store.keyOf(`${input.StorageDescriptor!.Location}manifest`)));
  return { table: input.Name!, locations: manifest.trim().split('\n') };
}

function valueOf(literal: string): QueryParameter {
  if (literal === 'NULL') return null;
  if (literal.startsWith("'")) return literal.slice(1, -1).replaceAll("''", "'");
  return literal === 'true' || literal === 'false' ? literal === 'true' : Number(literal);
}

const CODES: Partial<Record<SqlFault['kind'], string>> = {
  syntax: 'SYNTAX_ERROR',
  type_mismatch: 'TYPE_MISMATCH',
  unknown_table: 'TABLE_NOT_FOUND',
  unknown_column: 'COLUMN_NOT_FOUND',
  data: 'INVALID_CAST_ARGUMENT',
  memory: 'EXCEEDED_LOCAL_MEMORY_LIMIT',
};

/** `linesBefore`: lines of the text that the engine has not seen. */
function reasonOf({ kind, message, line, column }: SqlFault, linesBefore: number): string {
  const place = line === undefined ? '' : `line ${line + linesBefore}:${column}: `;
  return `${CODES[kind] ?? 'GENERIC_INTERNAL_ERROR'}: ${place}${message}`;
}
