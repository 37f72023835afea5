/** Where a prompt can be told to be cached. */
export interface CachePlaces {
  readonly system: boolean;
  readonly tools: boolean;
}

const nowhere: CachePlaces = { system: false, tools: false };

/** Claude before 3.5 Haiku: no prompt caching. */
const oldClaude = /claude-(v2|instant|3-(opus|sonnet|haiku)|3-5-sonnet)/;

/**
 * By the model's or inference profile's id. Amazon Nova takes a cache point in the instructions but refuses one among the
 * tools. An application's own inference profile does not name its model: there the instructions are tried.
 */
export function cachePlaces(modelId: string): CachePlaces {
  if (/anthropic\.claude/.test(modelId)) return oldClaude.test(modelId) ? nowhere : { system: true, tools: true };
  if (/amazon\.nova/.test(modelId)) return { system: true, tools: false };
  if (/:application-inference-profile\//.test(modelId)) return { system: true, tools: false };
  return nowhere;
}

/** Bedrock's ways to say that a model takes no cache point there. */
export function refusesCachePoint(message: string): boolean {
  return /cache_?point|prompt caching/i.test(message);
}
