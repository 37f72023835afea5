import { Injectable } from '@nestjs/common';
import { foldText } from '../../platform/text/fold-text.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { IndexedValue } from '../../providers/table-profiler/table-profiler.js';
import type { StoredTableRow } from './stored-tables.js';

interface ValueTables {
  value_index: {
    workspace_id: string;
    table_name: string;
    generation: string;
    column_name: string;
    value: string;
    folded: string;
    row_count: number;
  };
}

const deletedAtOnce = 1000;

/** How each step is carried out: a job passes its own transactions, so that a run that was replaced changes nothing. */
type Transact = <Result>(work: (transaction: DatabaseTransaction) => Promise<Result>) => Promise<Result>;

/**
 * The stored values of each table's text columns, by which the words of a question are linked to data. Each run
 * of a crawl writes a generation of its own in small steps; `StoredTables.markCrawled` makes it the valid one as a
 * whole, and what is not valid is dropped in small steps again: neither holds up other writers.
 */
@Injectable()
export class TableValues {
  constructor(private readonly database: Database) {}

  /** Adds about a thousand values at most to a generation that is not valid yet. */
  async add(
    transaction: DatabaseTransaction,
    workspaceId: string,
    table: string,
    generation: string,
    values: readonly IndexedValue[],
  ): Promise<void> {
    const rows = values.map(({ column, value, count }) => ({
      workspace_id: workspaceId,
      table_name: table,
      generation,
      column_name: column,
      value,
      folded: foldText(value),
      row_count: count,
    }));
    await this.tables(transaction).insertInto('value_index').values(rows).execute();
  }

  /** The valid values of a table's columns, the most frequent first, at most `limit`. */
  async read(workspaceId: string, table: string, limit: number): Promise<{ column: string; value: string }[]> {
    return this.database
      .tables<
        ValueTables & { stored_tables: Pick<StoredTableRow, 'workspace_id' | 'table_name' | 'values_generation'> }
      >()
      .selectFrom('value_index')
      .innerJoin('stored_tables', (join) =>
        join
          .onRef('stored_tables.workspace_id', '=', 'value_index.workspace_id')
          .onRef('stored_tables.table_name', '=', 'value_index.table_name')
          .onRef('stored_tables.values_generation', '=', 'value_index.generation'),
      )
      .where('value_index.workspace_id', '=', workspaceId)
      .where('value_index.table_name', '=', table)
      .select(['column_name as column', 'value'])
      .orderBy('row_count', 'desc')
      .limit(limit)
      .execute();
  }

  /** Drops every generation of the table but one; all of them when that is undefined. */
  async dropAllBut(
    generation: string | undefined,
    workspaceId: string,
    table: string,
    transact: Transact = (work) => this.database.transaction(work),
  ): Promise<void> {
    const found = await this.tables()
      .selectFrom('value_index')
      .select('generation')
      .distinct()
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .execute();
    for (const each of found) {
      if (each.generation !== generation) await this.drop(each.generation, workspaceId, table, transact);
    }
  }

  /** Drops one generation, a thousand values in each transaction. */
  async drop(
    generation: string,
    workspaceId: string,
    table: string,
    transact: Transact = (work) => this.database.transaction(work),
  ): Promise<void> {
    let deleted = deletedAtOnce;
    while (deleted >= deletedAtOnce) {
      deleted = await transact((transaction) => this.dropSome(transaction, generation, workspaceId, table));
    }
  }

  private async dropSome(
    transaction: DatabaseTransaction,
    generation: string,
    workspaceId: string,
    table: string,
  ): Promise<number> {
    const tables = this.tables(transaction);
    // Up to the thousandth by the key: a database that knows nothing yet of the table's size looks for a list row by row.
    const last = await tables
      .selectFrom('value_index')
      .select(['column_name', 'value'])
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .where('generation', '=', generation)
      .orderBy('column_name')
      .orderBy('value')
      .offset(deletedAtOnce - 1)
      .limit(1)
      .executeTakeFirst();
    let deletion = tables
      .deleteFrom('value_index')
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .where('generation', '=', generation);
    if (last) {
      deletion = deletion.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('column_name', 'value'), '<=', tuple(last.column_name, last.value)),
      );
    }
    return Number((await deletion.executeTakeFirst()).numDeletedRows);
  }

  private tables(transaction?: DatabaseTransaction) {
    return (transaction ?? this.database).tables<ValueTables>();
  }
}
