import { Problem } from '../../../platform/errors/problem.js';
import { OUT_OF_MEMORY, TaskFault } from '../../duckdb-workers/task.js';

/** What the convert task says about a file that it cannot convert; the parent makes problems of them. */
export type ConvertFault = 'empty-file' | 'unreadable' | 'expanded-too-large' | 'storage-full' | typeof OUT_OF_MEMORY;

export function convertFault(code: ConvertFault, message: string): TaskFault {
  return new TaskFault(code, message);
}

/** Names the errors of the engine, of the file system and of the CSV reader that have a meaning for the caller. */
export function asConvertFault(error: unknown): unknown {
  if (error instanceof Problem) return convertFault('unreadable', error.message);
  const { message, code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EFBIG' || code === 'EDQUOT' || /no space left|file too large/i.test(message)) {
    return convertFault('storage-full', 'There is no room to convert the file.');
  }
  if (message.startsWith('Out of Memory Error') || message.includes('bad_alloc')) {
    return convertFault(OUT_OF_MEMORY, 'The rows do not fit into the memory that a conversion may use.');
  }
  return error;
}
