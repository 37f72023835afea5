import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseEmail } from './email.js';
import { parseUsername, usernamesFor } from './username.js';

const letters = (script: string): string[] => {
  const pattern = new RegExp(`^(?=\\p{L})\\p{Script=${script}}$`, 'u');
  return Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter((each) => pattern.test(each));
};
const nameOf = (script: string) =>
  fc.string({ unit: fc.constantFrom(...letters(script)), minLength: 2, maxLength: 12 });

describe('parseUsername', () => {
  it.each([
    ['Ada', 'ada'],
    ['  ada.lovelace-2 ', 'ada.lovelace-2'],
    ['Ａｄａ', 'ada'],
    ['Rene\u0301', 'rené'],
    ['STRASSE', 'strasse'],
    ['straße', 'strasse'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['Οδυσσεύσ', 'οδυσσεύς'],
    ['Ольга', 'ольга'],
    ['山田たろう', '山田たろう'],
    ['अनीता', 'अनीता'],
    ['مريم٣', 'مريم٣'],
  ])('%s is the account %s', (text, key) => {
    expect(parseUsername(text)?.key).toBe(key);
  });

  it.each([
    ['', 'nothing'],
    ['a', 'too short'],
    ['a'.repeat(65), 'too long'],
    ['123', 'no letter'],
    ['._-', 'no letter'],
    ['.ada', 'begins with a dot'],
    ['ada_', 'ends with an underscore'],
    ['ada lovelace', 'a space'],
    ['ada@example.com', 'an at sign'],
    ['ada\u200b', 'a zero-width space'],
    ['ad\u00ada', 'a soft hyphen'],
    ['ada\u202e', 'turns the direction of writing'],
    ['ada\u115f', 'a letter that nobody sees'],
    ['a\u0300\u0301\u0302\u0303b', 'a heap of marks'],
    ['аda', 'a Cyrillic а'],
    ['Αda', 'a Greek Α'],
    ['ольгa', 'a Latin a'],
    ['\ud800ada', 'half a character'],
    ['ADMIN', 'reserved'],
    ['ｒｏｏｔ', 'reserved'],
    ['me', 'reserved'],
  ])('%j is refused: %s', (text) => {
    expect(parseUsername(text)).toBeUndefined();
  });

  it('gives what it accepted back unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(nameOf('Latin'), fc.string({ unit: 'grapheme', minLength: 2 })), (text) => {
        const first = parseUsername(text);
        fc.pre(first !== undefined);
        expect(parseUsername(first.username)).toEqual(first);
        expect(parseUsername(first.key)?.key).toBe(first.key);
      }),
    );
  });

  it('takes spellings that differ in case or composition for one name', () => {
    fc.assert(
      fc.property(fc.oneof(nameOf('Latin'), nameOf('Greek'), nameOf('Cyrillic')), (text) => {
        const key = parseUsername(text)?.key;
        fc.pre(key !== undefined);
        const spellings = [text.toUpperCase(), text.toLowerCase(), text.normalize('NFD'), text.normalize('NFKD')];
        for (const each of spellings) expect([key, undefined]).toContain(parseUsername(each)?.key);
        expect(parseUsername(text.normalize('NFD'))?.key).toBe(key);
      }),
    );
  });

  it('refuses every mixture of Latin with Cyrillic or Greek', () => {
    fc.assert(
      fc.property(nameOf('Latin'), fc.oneof(nameOf('Cyrillic'), nameOf('Greek')), (latin, other) => {
        // Compatibility forms can turn into letters of another script.
        fc.pre(/^\p{Script=Latin}+$/u.test(latin.normalize('NFKC')));
        fc.pre(/^(\p{Script=Cyrillic}|\p{Script=Greek})+$/u.test(other.normalize('NFKC')));
        expect(parseUsername(`${latin}${other}`)).toBeUndefined();
        expect(parseUsername(`${other}${latin}`)).toBeUndefined();
      }),
    );
  });
});

describe('usernamesFor', () => {
  const candidates = (address: string) => [...usernamesFor(parseEmail(address)!)].map(({ key }) => key);

  it.each([
    ['Ada@example.com', ['ada', 'ada2', 'ada3']],
    ['ada+lists@example.com', ['ada', 'ada2', 'ada3']],
    ['admin@example.com', ['admin2', 'admin3', 'admin4']],
    ['42@example.com', ['user', 'user2', 'user3']],
    ['x@example.com', ['x2', 'x3', 'x4']],
    ["o'brien!@example.com", ['obrien', 'obrien2', 'obrien3']],
    ['аda@example.com', ['user', 'user2', 'user3']],
  ])('%s may be called %s', (address, first) => {
    expect(candidates(address).slice(0, 3)).toEqual(first);
  });

  it('finds names for every address, all different and none refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }), (local) => {
        const email = parseEmail(`${local}@example.com`);
        fc.pre(email !== undefined);
        const keys = [...usernamesFor(email)].map(({ key }) => key);
        expect(keys.length).toBeGreaterThanOrEqual(50);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
