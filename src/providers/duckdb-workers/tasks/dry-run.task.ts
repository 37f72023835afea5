import { bind, engineFault, prepare, type StatementInput, useStatementSession } from '../statement-session.js';
import type { Task } from '../task.js';

export { prepare };

/** Lets the engine plan one statement over the files of its tables, without reading their rows. */
export const task: Task<StatementInput, null> = async (input, context) => {
  await useStatementSession(input, context, (session) => bind(session, input).catch(engineFault));
  return null;
};
