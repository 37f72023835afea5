import { randomInt } from 'node:crypto';
import { foldCase } from '../../platform/text/fold-case.js';
import type { EmailAddress } from './email.js';

/** A username as its owner writes it, and the key under which two spellings of it are one. */
export interface Username {
  readonly username: string;
  readonly key: string;
}

const minimumCharacters = 2;
const maximumCharacters = 64;

/** What would be mistaken for the service itself, or for a word of its addresses. */
const reservedKeys = new Set(
  'admin administrator all anonymous everyone here me nobody null root security support system tabletalk undefined'.split(
    ' ',
  ),
);

/** Scripts that are written together. Two families in one name are how one name is made to look like another. */
const families = [
  ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul'],
  ...'Latin Cyrillic Greek Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan'
    .split(' ')
    .map((script) => [script]),
].map(
  (scripts) =>
    new RegExp(`^(?:[0-9._-]|${scripts.map((each) => `\\p{scx=${each}}`).join('|')}|\\p{scx=Inherited})+$`, 'u'),
);

/** Letters with at most two marks on each, digits, and `.`, `_`, `-`; begins and ends with a letter or digit. */
const shape = /^[\p{L}\p{Nd}](?:[\p{L}\p{Nd}._-]|\p{M}{1,2}(?!\p{M}))*(?<![._-])$/u;

/** What is expected of a username, to end the sentence "… must". */
export const usernameRule =
  'must have 2 to 64 letters, digits, dots, hyphens or underscores, begin and end with a letter or digit, contain a letter, keep to one script, and not be a reserved word';

/** Undefined when the text cannot be a username: see `usernameRule`. */
export function parseUsername(text: string): Username | undefined {
  const username = text.normalize('NFKC').trim();
  const characters = [...username].length;
  if (characters < minimumCharacters || characters > maximumCharacters) return undefined;
  if (!shape.test(username) || !/\p{L}/u.test(username)) return undefined;
  if (/\p{Default_Ignorable_Code_Point}/u.test(username)) return undefined;
  if (!families.some((family) => family.test(username))) return undefined;
  const key = foldCase(username);
  return reservedKeys.has(key) ? undefined : { username, key };
}

const numberedCandidates = 50;
const baseCharacters = 54;

/** Usernames for somebody who chose none, the nicest first: `ada`, `ada2`, `ada3` …, the last one surely free. */
export function* usernamesFor(email: EmailAddress): Generator<Username> {
  const base = usable(email.key.split('@')[0]!.split('+')[0]!);
  for (let number = 1; number <= numberedCandidates; number += 1) {
    const candidate = parseUsername(number === 1 ? base : `${base}${number}`);
    if (candidate) yield candidate;
  }
  yield parseUsername(`${base}${randomInt(1e8, 1e9)}`)!;
}

/** What of a local part can be a username; `user` when that is nothing. */
function usable(local: string): string {
  const kept = [...local.replace(/[^\p{L}\p{M}\p{Nd}._-]/gu, '')].slice(0, baseCharacters).join('');
  const trimmed = kept.replace(/^[^\p{L}\p{Nd}]+|[._-]+$/gu, '');
  return parseUsername(`${trimmed}0`) ? trimmed : 'user';
}
