import type { InterruptOption } from '../../runs/run-event.js';

const agreeing = new Set(['yes', 'y', 'ok', 'okay', 'sure', 'go ahead', 'do it', 'run it']);
const declining = new Set(['no', 'n', 'stop', 'cancel', 'never mind']);

/** The option that a person names in their own words: by number, value, label, or a plain yes or no. */
export function chosenOption(options: readonly InterruptOption[], said: string): InterruptOption | undefined {
  const words = normal(said);
  const byNumber = /^(?:option |number |#)?(\d{1,2})$/.exec(words)?.[1];
  const named = options.find(({ value, label }) => normal(value) === words || normal(label) === words);
  if (named) return named;
  if (byNumber !== undefined && options[Number(byNumber) - 1]) return options[Number(byNumber) - 1];
  if (agreeing.has(words)) return options.find(({ value }) => value === 'approve');
  if (declining.has(words)) return options.find(({ value }) => value === 'decline');
  return undefined;
}

function normal(text: string): string {
  const words = text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
  return words.replace(/[.!?"'“”]+$/u, '').trim();
}
