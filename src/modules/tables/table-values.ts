import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import type { IndexedValue } from '../../providers/table-profiler/table-profiler.js';
import { foldText } from './domain/fold-text.js';

interface ValueTables {
  value_index: {
    workspace_id: string;
    table_name: string;
    /** The crawl that found the value. Only one generation of a table is ever valid. */
    generation: string;
    column_name: string;
    value: string;
    folded: string;
    row_count: number;
  };
  value_index_generations: { workspace_id: string; table_name: string; generation: string };
}

/**
 * The stored values of each table's text columns, by which the words of a question are linked to data. A new index is
 * written beside the old one in small transactions and becomes valid as a whole, so that no writer waits for it long.
 */
@Injectable()
export class TableValues {
  /** Adds values to a generation that is not valid yet. At most about a thousand at a time. */
  async add(
    transaction: DatabaseTransaction,
    workspaceId: string,
    table: string,
    generation: string,
    values: readonly IndexedValue[],
  ): Promise<void> {
    if (values.length === 0) return;
    await transaction
      .tables<ValueTables>()
      .insertInto('value_index')
      .values(
        values.map(({ column, value, count }) => ({
          workspace_id: workspaceId,
          table_name: table,
          generation,
          column_name: column,
          value,
          folded: foldText(value),
          row_count: count,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Makes a generation the valid one and drops all others, those of interrupted crawls among them. */
  async activate(
    transaction: DatabaseTransaction,
    workspaceId: string,
    table: string,
    generation: string,
  ): Promise<void> {
    await transaction
      .tables<ValueTables>()
      .insertInto('value_index_generations')
      .values({ workspace_id: workspaceId, table_name: table, generation })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'table_name']).doUpdateSet({ generation }))
      .execute();
    await transaction
      .tables<ValueTables>()
      .deleteFrom('value_index')
      .where('workspace_id', '=', workspaceId)
      .where('table_name', '=', table)
      .where('generation', '!=', generation)
      .execute();
  }

  async delete(transaction: DatabaseTransaction, workspaceId: string, table: string): Promise<void> {
    for (const name of ['value_index', 'value_index_generations'] as const) {
      await transaction
        .tables<ValueTables>()
        .deleteFrom(name)
        .where('workspace_id', '=', workspaceId)
        .where('table_name', '=', table)
        .execute();
    }
  }
}
