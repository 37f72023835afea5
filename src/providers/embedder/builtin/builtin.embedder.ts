import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { ModelCancelled } from '../../language-model/errors.js';
import { Embedder, normalised } from '../embedder.js';
import { hashedFeatures } from './hashed-features.js';

const dimensions = 384;
/** Characters after which others get their turn: a few milliseconds. */
const charactersPerTurn = 20_000;

/**
 * No model at all: words, pairs of words and parts of words, hashed. Finds texts that share words or their forms, through
 * slips of the pen too, in any language; knows no synonyms. The same text has the same vector on every machine.
 */
export class BuiltinEmbedder extends Embedder {
  readonly provider = 'builtin';
  readonly modelId = 'hashed-words-1';
  readonly space = `builtin/hashed-words-1/${dimensions}`;
  readonly isLexical = true;
  readonly isRemote = false;
  readonly longestText = 200_000;

  async embed(texts: readonly string[], _: unknown, signal: AbortSignal): Promise<readonly Float32Array[]> {
    const vectors: Float32Array[] = [];
    let characters = 0;
    for (const text of texts) {
      if (signal.aborted) throw new ModelCancelled();
      const counted = text.slice(0, this.longestText);
      vectors.push(normalised(hashedFeatures(counted, dimensions))!);
      characters += counted.length;
      if (characters < charactersPerTurn) continue;
      characters = 0;
      await yieldToOthers();
    }
    if (signal.aborted) throw new ModelCancelled();
    return vectors;
  }
}
