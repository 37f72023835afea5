import type { Meaning, Pattern, Support } from './analysis.js';

/** How many say it, and where. */
export function supportOf(meanings: readonly Meaning[]): Support {
  const voices = meanings.map(({ interview, quote }) => `${interview}/${quote.speaker ?? ''}`);
  return {
    meanings: meanings.length,
    chunks: new Set(meanings.map(({ chunk_id }) => chunk_id)).size,
    speakers: new Set(voices).size,
    interviews: new Set(meanings.map(({ interview }) => interview)).size,
  };
}

/** How many say it with what feeling; who is torn counts as neutral. */
export function sentimentCounts(meanings: readonly Meaning[]): Pattern['sentiment'] {
  const having = (label: string) => meanings.filter(({ sentiment }) => sentiment.label === label).length;
  return { positive: having('positive'), negative: having('negative'), neutral: having('neutral') + having('mixed') };
}
