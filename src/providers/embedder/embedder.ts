/** What a text is embedded for: some models put questions elsewhere than the texts that answer them. */
export type EmbeddingPurpose = 'document' | 'query';

/**
 * Turns texts into vectors: the nearer two of them, the more their texts have in common. Vectors have length 1, so that
 * their dot product is the cosine of their angle, and all of one `space` have the same number of dimensions.
 *
 * `embed` gives one vector for each text, in the order of the texts, of which there may be any number; none of them may
 * be blank. What is longer than `longestText` is cut off there. Throttling, overload and lost connections are tried again.
 * It rejects with one of the problems of `language-model/errors.ts`, `ModelCancelled` after `signal` is aborted. Texts are
 * not logged, and no error's message repeats them.
 */
export abstract class Embedder {
  /** `builtin`, `openai-compatible` or `bedrock`. */
  abstract readonly provider: string;
  abstract readonly modelId: string;
  /** Names the vectors that can be compared with each other: the same for as long as the same texts have the same ones. */
  abstract readonly space: string;
  /** Whether vectors tell no more than which words and parts of words the texts share, and nothing of what they mean. */
  abstract readonly isLexical: boolean;
  /** Whether each text costs money or another machine's time, so that vectors are worth keeping. */
  abstract readonly isRemote: boolean;
  /** Characters of a text that count. */
  abstract readonly longestText: number;
  abstract embed(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]>;
}

/** The vector with length 1. Undefined where there is no such vector: of zeros, or of what is no number. */
export function normalised(vector: ArrayLike<number>): Float32Array | undefined {
  let squares = 0;
  for (let index = 0; index < vector.length; index += 1) squares += vector[index]! * vector[index]!;
  const length = Math.sqrt(squares);
  if (!(length > 0) || !Number.isFinite(length)) return undefined;
  return Float32Array.from(vector, (value) => value / length);
}
