/**
 * Text of others as a part of an answer in Markdown: it shows, and does nothing. No link or image is live, no tag is
 * one, and nothing in it is taken for a reference to a cell.
 */
export function inertText(text: string): string {
  return inertMarkdown(text)
    .replaceAll(/\{(?=\{)/g, '{ ')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replace(/[`*|]|~~|^#|(?<![\p{Letter}\p{Number}])_|_(?![\p{Letter}\p{Number}])/gmu, '\\$&');
}

/** Markdown of a language model without anything that a reader's program would load or open. */
export function inertMarkdown(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replaceAll(/\]\s*(?=[([:])/g, ']\u00a0')
    .replaceAll(/<(?=[a-z/!?])/gi, '&lt;')
    .replaceAll(liveSchemes, '$1 :')
    .replaceAll(/(?<! ):(?=\/\/)/g, ' :')
    .replaceAll(/\bwww\./gi, 'www .');
}

const liveSchemes = /\b(https?|ftp|javascript|data|vbscript|file|mailto|blob|wss?):(?=\S)/gi;

/** One line of at most `length` characters. */
export function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
}
