import {
  OutputStalled,
  TaskCancelled,
  TaskDeadline,
  WorkerCrashed,
  WorkerOutOfMemory,
  WorkersClosed,
  WorkerStartFailed,
} from '../../duckdb-workers/errors.js';
import { TaskFault } from '../../duckdb-workers/task.js';
import { StorageFull } from '../../object-store/errors.js';
import { explainFailure } from '../dialect/explain-failure.js';
import { type RunRequest, type SqlFault, SqlRejected } from '../query-engine.js';

type Author = Pick<RunRequest, 'userSql' | 'schemas'>;

/** The error of a worker in the words of the statement's author; errors that are not about the statement stay as they are. */
export function rejection(error: unknown, { userSql, schemas }: Author): unknown {
  if (error instanceof TaskFault && error.code === 'engine') {
    return new SqlRejected(explainFailure(error.message, userSql, schemas));
  }
  const fault = faultOf(error);
  return fault ? new SqlRejected(fault) : error;
}

/** The part of `rejection` that needs no statement. */
export function faultOf(error: unknown): SqlFault | undefined {
  if (error instanceof TaskFault && error.code === 'fault') return error.details as SqlFault;
  if (error instanceof TaskDeadline) return lateFault(error.deadlineMs);
  if (error instanceof TaskCancelled || error instanceof OutputStalled) {
    return { kind: 'cancelled', message: 'The query was cancelled.' };
  }
  if (error instanceof WorkersClosed)
    return { kind: 'interrupted', message: 'The service stopped. Run the query again.' };
  if (error instanceof WorkerOutOfMemory) return memory();
  if (error instanceof StorageFull) return noRoom();
  if (error instanceof WorkerStartFailed) return undefined;
  if (error instanceof WorkerCrashed) return crash();
  return undefined;
}

export function lateFault(milliseconds: number): SqlFault {
  return {
    kind: 'deadline',
    message: `The query did not finish within ${milliseconds / 1000} seconds.`,
    hint: 'Read fewer rows with a WHERE clause, or aggregate before joining.',
  };
}

function memory(): SqlFault {
  return {
    kind: 'memory',
    message: 'The query needed more memory than one query may use.',
    hint: 'Read fewer rows or columns, or aggregate before joining.',
  };
}

function noRoom(): SqlFault {
  return {
    kind: 'too_many_bytes',
    message: 'The service has no room left for the data of these tables, or for the result.',
    hint: 'Read fewer tables at a time, try again later, or ask the operator for more disk.',
  };
}

function crash(): SqlFault {
  return {
    kind: 'engine',
    message: 'The engine broke down at this statement. Nothing else was affected.',
    hint: 'Write the statement in another way; running it again will most likely end the same.',
  };
}
