import type { ModelRequest } from './language-model.js';

const longest = 300;
/** A provider may quote this many characters of a request by chance: names of fields, of models, of tools. */
const chance = 24;

/**
 * What a provider says of a request that it does not accept, without what it repeats of the request: error messages are
 * logged, prompts never are.
 */
export function said(message: string, request: ModelRequest, secrets: readonly string[] = []): string {
  return saidOf(message, textsOf(request), secrets);
}

/** As `said`, of a request that holds these texts. */
export function saidOf(message: string, requestTexts: readonly string[], secrets: readonly string[] = []): string {
  const withoutSecrets = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), message);
  const words = withoutSecrets.replaceAll(/\s+/g, ' ').trim().slice(0, longest);
  const texts = requestTexts.map((text) => text.replaceAll(/\s+/g, ' '));
  const quoted = (from: number, to: number) => texts.some((text) => text.includes(words.slice(from, to)));
  let kept = '';
  let at = 0;
  while (at < words.length) {
    let end = at + chance;
    if (end > words.length || !quoted(at, end)) {
      kept += words[at];
      at += 1;
      continue;
    }
    while (end < words.length && quoted(at, end + 1)) end += 1;
    kept += '…';
    at = end;
  }
  return kept === '' ? 'it gives no reason.' : kept;
}

function textsOf({ system, messages }: ModelRequest): string[] {
  const texts = system.map(({ text }) => text);
  for (const { content } of messages) {
    for (const block of content) {
      if (block.type === 'tool_result') texts.push(block.content);
      else if (block.type === 'tool_use') texts.push(JSON.stringify(block.input));
      else texts.push(block.text);
    }
  }
  return texts;
}
