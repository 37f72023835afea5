import { Problem, type ProblemKind, problem } from '../../platform/errors/problem.js';

/** Which model failed, and what its provider needs to look into it. */
export interface ModelOrigin {
  readonly provider: string;
  readonly modelId: string;
  /** The provider's own name for the fault: an exception, an error code, an HTTP status. */
  readonly code?: string | undefined;
  /** The provider's id of the request. */
  readonly requestId?: string | undefined;
  /** Milliseconds after which the provider wants to be asked again. */
  readonly retryAfterMs?: number | undefined;
}

/** Any of the problems below. `retryable`: the same request may succeed later. */
export type ModelProblem = Problem & { readonly retryable: boolean; readonly origin: ModelOrigin };

export function isModelProblem(error: unknown): error is ModelProblem {
  return error instanceof Problem && 'retryable' in error && 'origin' in error;
}

function modelProblem(kind: ProblemKind, retryable: boolean) {
  return class extends problem(kind) {
    readonly retryable = retryable;

    constructor(
      detail: string,
      readonly origin: ModelOrigin,
    ) {
      const { provider, modelId, code, requestId, retryAfterMs } = origin;
      super(detail, {
        headers: retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) },
        members: { provider, model_id: modelId, provider_code: code, provider_request_id: requestId },
      });
    }
  };
}

const nameOf = ({ provider, modelId }: ModelOrigin) => `The model ${modelId} (${provider})`;

export class ModelThrottled extends modelProblem(
  {
    slug: 'model-throttled',
    title: 'The language model is asked too often',
    status: 503,
    help: 'Try again after the time given in Retry-After, or in a minute. If it keeps happening, the operator can raise the quota at the provider.',
  },
  true,
) {
  constructor(origin: ModelOrigin) {
    super(`${nameOf(origin)} takes no more requests at the moment.`, origin);
  }
}

export class ModelUnavailable extends modelProblem(
  {
    slug: 'model-unavailable',
    title: 'The language model is not available',
    status: 503,
    help: 'Try again in a minute. If it keeps happening, the operator should check the provider’s status and the network to it.',
  },
  true,
) {
  /** `reason` completes the sentence "The model m (p) …". */
  constructor(origin: ModelOrigin, reason: string) {
    super(`${nameOf(origin)} ${reason}.`, origin);
  }
}

export class ModelRequestInvalid extends modelProblem(
  {
    slug: 'model-request-invalid',
    title: 'The language model does not accept the request',
    status: 422,
    help: 'Trying again does not help. Check the model’s id, its parameters and its tools: not every model takes all of them.',
  },
  false,
) {
  constructor(origin: ModelOrigin, reason: string) {
    super(`${nameOf(origin)} does not accept the request: ${reason}`, origin);
  }
}

export class ModelAccessDenied extends modelProblem(
  {
    slug: 'model-access-denied',
    title: 'The language model may not be used',
    status: 502,
    help: 'The operator should check the credentials and what they may do at the provider. On Bedrock: bedrock:InvokeModelWithResponseStream on the model or inference profile, and access to the model in the region.',
  },
  false,
) {
  constructor(origin: ModelOrigin, reason: string) {
    super(`${nameOf(origin)} may not be used: ${reason}`, origin);
  }
}

export class ModelContextTooLong extends modelProblem(
  {
    slug: 'model-context-too-long',
    title: 'Too much text for the language model',
    status: 422,
    help: 'Begin a new conversation, ask about fewer tables, or choose a model that reads more at once.',
  },
  false,
) {
  constructor(origin: ModelOrigin) {
    super(`The conversation and its context are longer than what the model ${origin.modelId} can read.`, origin);
  }
}

/** The stream ended, broke or was damaged before the answer's end. */
export class ModelAnswerTruncated extends modelProblem(
  {
    slug: 'model-answer-truncated',
    title: 'The answer broke off',
    status: 502,
    help: 'What arrived is kept and marked as incomplete. Ask again for a whole answer.',
  },
  true,
) {
  constructor(origin: ModelOrigin) {
    super(`The answer of the model ${origin.modelId} (${origin.provider}) broke off before its end.`, origin);
  }
}

const late = { status: 504, help: 'Ask again, or choose a faster model. The operator can allow more time.' };
const seconds = (milliseconds: number) => `${milliseconds / 1000} seconds`;

export class ModelFirstTokenLate extends modelProblem(
  { slug: 'model-first-token-late', title: 'The language model did not begin to answer', ...late },
  true,
) {
  constructor(origin: ModelOrigin, limitMs: number) {
    super(`${nameOf(origin)} did not begin to answer within ${seconds(limitMs)}.`, origin);
  }
}

export class ModelIdle extends modelProblem(
  { slug: 'model-idle', title: 'The language model stopped answering', ...late },
  true,
) {
  constructor(origin: ModelOrigin, limitMs: number) {
    super(`${nameOf(origin)} sent nothing for ${seconds(limitMs)} in the middle of its answer.`, origin);
  }
}

export class ModelAnswerEndless extends modelProblem(
  { slug: 'model-answer-endless', title: 'The answer of the language model has no end', ...late },
  false,
) {
  /** `limit` is what was exceeded: `600 seconds`. */
  constructor(origin: ModelOrigin, limit: string) {
    super(`The answer of the model ${origin.modelId} (${origin.provider}) was ended after ${limit}.`, origin);
  }
}

/** The caller aborted the signal it gave. */
export class ModelCancelled extends Error {
  constructor() {
    super('The call of the language model was cancelled');
  }
}
