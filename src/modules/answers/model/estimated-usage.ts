import type { ModelRequest, TokenUsage } from '../../../providers/language-model/language-model.js';

export const charactersPerToken = 4;

/**
 * What a call has used where the provider does not tell, because the answer broke off or was stopped: a token for every
 * four characters of what was sent (instructions, tools, messages) and of what had arrived. Nothing is taken from the
 * cache, so that it is rather too much.
 */
export function estimatedUsage({ system, tools, messages }: ModelRequest, receivedCharacters: number): TokenUsage {
  const sent = [...system.map(({ text }) => text), JSON.stringify(tools), JSON.stringify(messages)];
  return {
    inputTokens: tokens(sent.reduce((sum, { length }) => sum + length, 0)),
    outputTokens: tokens(receivedCharacters),
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
  };
}

function tokens(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}
