import { HttpException } from '@nestjs/common';
import {
  BodyTooLarge,
  InternalError,
  MalformedJson,
  RequestRefused,
  RouteNotFound,
  ServiceStopping,
  TemporarilyUnavailable,
  UnsupportedMediaType,
} from '../errors/common-problems.js';
import { Problem, type ProblemPart } from '../errors/problem.js';

/** An RFC 9457 problem document, as every error answer of the API has it. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string | undefined;
  readonly request_id?: string | undefined;
  readonly errors?: readonly ProblemPart[] | undefined;
  readonly [member: string]: unknown;
}

export function problemDocument(
  problem: Problem,
  where: { instance?: string; requestId?: string | undefined } = {},
): ProblemDocument {
  return {
    type: `/problems/${problem.kind.slug}`,
    title: problem.kind.title,
    status: problem.kind.status,
    detail: problem.message,
    instance: where.instance,
    request_id: where.requestId,
    errors: problem.errors,
    ...problem.members,
  };
}

interface FrameworkError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message?: string;
}

/** The problem that an arbitrary error stands for. What is not meant for the reader becomes an `InternalError`. */
export function asProblem(error: unknown, request: { method: string; path: string }): Problem {
  if (error instanceof Problem) return error;
  if ((error as { isTemporary?: boolean } | undefined)?.isTemporary === true) return new TemporarilyUnavailable();
  const status = error instanceof HttpException ? error.getStatus() : (error as FrameworkError | undefined)?.statusCode;
  // Nest wraps what the server framework throws.
  const code = ((error instanceof HttpException ? error.cause : error) as FrameworkError | undefined)?.code;
  if (status === 404) return new RouteNotFound(request.method, request.path);
  if (status === 413) return new BodyTooLarge('The body is larger than this call takes.');
  if (status === 415) return new UnsupportedMediaType('This call does not take a body of that content type.');
  if (status === 503) return new ServiceStopping();
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY')
    return new MalformedJson('The body is empty, but its content type says JSON.');
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return new MalformedJson('The body cannot be read as JSON, although its content type says so.');
  if (status !== undefined && status >= 400 && status < 500) return new RequestRefused((error as Error).message);
  return new InternalError();
}
