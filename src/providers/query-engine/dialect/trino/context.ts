import type { TableSchema } from '../../query-engine.js';
import { reject } from '../reject.js';
import { type Place, placeOfCharacter, placeOfName } from '../sql-text.js';
import type { Identifier } from './ast.js';

/** What one translation gathers on its way through a statement. */
export class Context {
  readonly columnsRead = new Map<string, Set<string>>();
  readonly warnings = new Set<string>();
  /** Above 0 inside TRY, where failures become NULL. */
  tryDepth = 0;
  /** Set by aggregates, windows and subqueries, which the engine's TRY cannot hold. */
  crossesRows = false;
  private names = 0;
  private readonly schemas: ReadonlyMap<string, TableSchema>;

  constructor(
    readonly sql: string,
    readonly tables: readonly TableSchema[],
    private readonly authorOffset: (offset: number) => number,
  ) {
    this.schemas = new Map(tables.map((schema) => [schema.table.toLowerCase(), schema]));
  }

  schema(table: string): TableSchema | undefined {
    return this.schemas.get(table.toLowerCase());
  }

  read(table: string, column?: string): void {
    const columns = this.columnsRead.get(table) ?? new Set();
    if (column !== undefined) columns.add(column);
    this.columnsRead.set(table, columns);
  }

  /** A name that no author can write, for parameters of lambdas and the like. */
  freshName(prefix: string): string {
    this.names += 1;
    return `${prefix}__${this.names}`;
  }

  placeOf({ name, span }: Identifier): Place | undefined {
    return span ? placeOfCharacter(this.sql, this.authorOffset(span.start)) : placeOfName(this.sql, name);
  }

  /** Refuses a way of writing that does not work here. */
  refuse(message: string, hint?: string, place?: Place): never {
    return reject('not_allowed', message, { hint, place });
  }
}
