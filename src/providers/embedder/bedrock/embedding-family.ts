import type { EmbeddingPurpose } from '../embedder.js';
import type { BatchLimits } from '../remote.embedder.js';

/** How a family of models is asked, and how it answers. */
export interface EmbeddingFamily {
  readonly limits: BatchLimits;
  readonly longestText: number;
  body(texts: readonly string[], purpose: EmbeddingPurpose, dimensions: number | undefined): object;
  vectors(answer: unknown): readonly (readonly number[])[];
}

/** Amazon Titan: one text a request. The first version gives 1536 dimensions and takes no wishes. */
const titan = (takesWishes: boolean): EmbeddingFamily => ({
  limits: { texts: 1, characters: Infinity },
  // 8192 tokens, and a character may be more than one of them.
  longestText: 6000,
  body: ([inputText], _, dimensions) => ({
    inputText,
    ...(takesWishes && { normalize: true, ...(dimensions && { dimensions }) }),
  }),
  vectors: (answer) => {
    const { embedding } = answer as { embedding?: readonly number[] };
    return embedding ? [embedding] : [];
  },
});

/** Cohere: 96 texts of 2048 characters a request. Since its fourth version it takes a number of dimensions. */
const cohere = (takesDimensions: boolean): EmbeddingFamily => ({
  limits: { texts: 96, characters: Infinity },
  longestText: 2048,
  body: (texts, purpose, dimensions) => ({
    texts,
    input_type: purpose === 'query' ? 'search_query' : 'search_document',
    truncate: takesDimensions ? 'RIGHT' : 'END',
    embedding_types: ['float'],
    ...(takesDimensions && dimensions && { output_dimension: dimensions }),
  }),
  vectors: (answer) => {
    const { embeddings } = answer as { embeddings?: Vectors | { float?: Vectors } };
    return (Array.isArray(embeddings) ? embeddings : (embeddings as { float?: Vectors } | undefined)?.float) ?? [];
  },
});

type Vectors = readonly (readonly number[])[];

/** By the id of the model, of its inference profile, or an ARN that names one. Undefined: none that we know how to ask. */
export function embeddingFamily(modelId: string): EmbeddingFamily | undefined {
  if (/amazon\.titan-embed-(g1-)?text/.test(modelId)) return titan(/titan-embed-text-v2/.test(modelId));
  if (/cohere\.embed-/.test(modelId)) return cohere(!/cohere\.embed-[a-z]+-v3/.test(modelId));
  return undefined;
}
