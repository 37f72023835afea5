import type { FoundPassage } from '../../../providers/passage-index/passage-index.js';
import { fuse } from './fuse.js';

export interface RankedDocument {
  readonly documentId: string;
  readonly score: number;
  readonly wordsRank: number | undefined;
  readonly vectorsRank: number | undefined;
  readonly similarity: number | undefined;
  /** Passages that may be quoted, the best first. */
  readonly passages: readonly PassageRange[];
}

export interface PassageRange {
  readonly start: number;
  readonly end: number;
}

const mostPassages = 3;

/** Makes one list of documents of two lists of passages, the best first. A document is as good as its best passage. */
export function rankDocuments(words: readonly FoundPassage[], vectors: readonly FoundPassage[]): RankedDocument[] {
  const best = bestPassages(words, vectors);
  const similarities = new Map(vectors.toReversed().map(({ documentId, score }) => [documentId, score]));
  return fuse([documentsOf(words), documentsOf(vectors)]).map(({ id, score, ranks: [wordsRank, vectorsRank] }) => ({
    documentId: id,
    score,
    wordsRank,
    vectorsRank,
    similarity: similarities.get(id),
    passages: best.get(id)!,
  }));
}

function documentsOf(passages: readonly FoundPassage[]): string[] {
  return [...new Set(passages.map(({ documentId }) => documentId))];
}

/** Of each document the passages that both lists together put first. */
function bestPassages(
  words: readonly FoundPassage[],
  vectors: readonly FoundPassage[],
): Map<string, readonly PassageRange[]> {
  const keyOf = ({ documentId, start, end }: FoundPassage) => JSON.stringify([documentId, start, end]);
  const best = new Map<string, PassageRange[]>();
  for (const { id } of fuse([words.map(keyOf), vectors.map(keyOf)])) {
    const [documentId, start, end] = JSON.parse(id) as [string, number, number];
    const passages = best.get(documentId) ?? [];
    if (passages.length < mostPassages) passages.push({ start, end });
    best.set(documentId, passages);
  }
  return best;
}
