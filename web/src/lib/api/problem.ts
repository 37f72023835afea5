import type { components } from './schema';

export type ProblemDocument = components['schemas']['Problem'];

/** A request that the service refused, or that never reached it. Its message is fit to be shown. */
export class ApiProblem extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** The last part of the problem's `type`, such as `upload-not-found`; `unreachable` when no answer came. */
    readonly slug: string,
    readonly title: string,
    detail: string,
    /** What is wrong with single fields of the request, by JSON pointer. */
    readonly fields: readonly { pointer: string; detail: string }[] = [],
    readonly requestId?: string,
    /** Seconds to wait before trying again. */
    readonly retryAfter?: number,
    /** What this kind of problem says besides, such as `line` and `column` of a refused statement. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }

  static unreachable(cause: unknown): ApiProblem {
    const problem = new ApiProblem(
      0,
      'unreachable',
      'The service does not answer',
      'Check your connection, or whether the service is running. Nothing was lost; try again.',
    );
    problem.cause = cause;
    return problem;
  }

  /** From an answer whose body nobody has read. */
  static async of(response: Response): Promise<ApiProblem> {
    return ApiProblem.from(response, await response.json().catch(() => undefined));
  }

  /** From an answer and its body, if that was JSON. */
  static from(response: Response, body: unknown): ApiProblem {
    const document = (typeof body === 'object' && body !== null ? body : {}) as Partial<ProblemDocument>;
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    return new ApiProblem(
      response.status,
      document.type?.split('/').at(-1) ?? 'unknown',
      document.title ?? `The service answered ${response.status}`,
      document.detail ?? 'The answer has no explanation. Try again, and tell your administrator when it stays so.',
      document.errors ?? [],
      document.request_id ?? response.headers.get('x-request-id') ?? undefined,
      Number.isFinite(retryAfter) ? retryAfter : undefined,
      document,
    );
  }

  /** What is wrong with one field of the request, by its JSON pointer such as `/email`. */
  field(pointer: string): string | undefined {
    return this.fields.find((each) => each.pointer === pointer)?.detail;
  }
}

/** Whatever was thrown, as something that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof Error && error.name === 'ChunkLoadError') return partMissing(error);
  if (error instanceof TypeError) return ApiProblem.unreachable(error);
  const text = error instanceof Error ? error.message : String(error);
  return new ApiProblem(0, 'unexpected', 'Something went wrong on this page', text);
}

function partMissing(cause: Error): ApiProblem {
  const problem = new ApiProblem(
    0,
    'part-missing',
    'A part of the page could not be loaded',
    'The service may be starting, or have become a newer one. Load the page again.',
  );
  problem.cause = cause;
  return problem;
}
