import { init, isInitialized } from '@polyglot-sql/sdk';
import type { TableSchema } from '../../query-engine.js';
import { SqlDialect, type Translation } from '../sql-dialect.js';
import { Context } from './context.js';
import { parseQuery } from './parse.js';
import { QueryWriter } from './query-writer.js';
import { expectOneQuery } from './statement-kind.js';

/** Athena's SQL (Trino's), read by the polyglot parser and written for DuckDB. */
export class PolyglotSqlDialect extends SqlDialect {
  static async create(): Promise<PolyglotSqlDialect> {
    if (!isInitialized()) await init();
    return new PolyglotSqlDialect();
  }

  override translate(sql: string, tables: readonly TableSchema[]): Translation {
    expectOneQuery(sql);
    const { query, parameterCount, prepared } = parseQuery(sql);
    const context = new Context(sql, tables, prepared.authorOffset);
    const { sql: engineSql } = new QueryWriter(context).write(query, undefined, new Map());
    return {
      engineSql,
      tables: [...context.columnsRead.keys()],
      columns: Object.fromEntries([...context.columnsRead].map(([table, columns]) => [table, [...columns]])),
      parameterCount,
      warnings: [...context.warnings],
    };
  }
}
