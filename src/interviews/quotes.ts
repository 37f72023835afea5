import type { Span } from './analysis.js';

/** As it is compared: quotation marks and dashes of one kind, any space one space. */
function plain(character: string): string {
  if (/\s/.test(character)) return ' ';
  if ('‘’‚‛`´'.includes(character)) return "'";
  if ('“”„‟«»'.includes(character)) return '"';
  return '–—‐‑'.includes(character) ? '-' : character;
}

/**
 * Where a quote stands in a text word for word; spaces, line ends and the kinds of quotation marks and dashes do not
 * count. Undefined where it does not stand there: it was invented, or changed.
 */
export function findQuote(text: string, quote: string): Span | undefined {
  const { characters: wanted } = folded(quote.trim());
  if (wanted.length === 0) return undefined;
  const { characters, offsets } = folded(text);
  const at = characters.indexOf(wanted);
  if (at === -1) return undefined;
  const last = offsets[at + wanted.length - 1]!;
  return { start: offsets[at]!, end: last + 1 };
}

function folded(text: string): { characters: string; offsets: number[] } {
  let characters = '';
  const offsets: number[] = [];
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = plain(text[offset]!);
    if (character === ' ' && (characters === '' || characters.endsWith(' '))) continue;
    characters += character;
    offsets.push(offset);
  }
  return { characters, offsets };
}
