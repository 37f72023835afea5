import type { ResultPage } from '../../query-engine/query-engine.js';
import { readPage } from '../results/page-rows.js';
import { openResult, type RowRange } from '../results/stored-result.js';
import { plainSessions } from '../session-stock.js';
import type { Task } from '../task.js';

export interface PageInput extends RowRange {
  /** Absolute path of a stored result. */
  readonly file: string;
}

export const { prepare } = plainSessions;

/** Rows `offset` to `offset + limit` of a stored result. Fewer when they would be larger than 16 MB. */
export const task: Task<PageInput, ResultPage> = async (
  { file, offset, limit },
  { limits, scratchDirectory, signal },
) =>
  plainSessions.use(limits, async (session) => {
    session.interruptOn(signal);
    await session.lockDown({ files: [file], scratchDirectory });
    return readPage(session.connection, await openResult(session.connection, file), { offset, limit });
  });
