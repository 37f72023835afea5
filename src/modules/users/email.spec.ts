import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseEmail } from './email.js';

describe('parseEmail', () => {
  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    ['  ada@example.com ', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['ada＠example.com', 'ada@example.com'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
    ['用户@例え.jp', '用户@xn--r8jz45g.jp'],
    ['STRAẞE@example.com', 'strasse@example.com'],
    ['a.b+c_d-e@mail.example.com', 'a.b+c_d-e@mail.example.com'],
    ['ada@intranet', 'ada@intranet'],
  ])('%s is the account %s', (text, key) => {
    expect(parseEmail(text)?.key).toBe(key);
  });

  it.each([
    ['', 'nothing'],
    ['ada', 'no domain'],
    ['ada@', 'no domain'],
    ['@example.com', 'nobody'],
    ['a b@example.com', 'a space'],
    ['ada@exa mple.com', 'a space'],
    ['ada@@example.com', 'two at signs'],
    ['ada@example.com@example.org', 'two at signs'],
    ['.ada@example.com', 'begins with a dot'],
    ['ada.@example.com', 'ends with a dot'],
    ['a..b@example.com', 'two dots'],
    ['ada@example.com.', 'a trailing dot'],
    ['ada@.example.com', 'an empty label'],
    ['ada@example..com', 'an empty label'],
    ['ada@-example.com', 'a label that begins with a hyphen'],
    ['ada@127.0.0.1', 'an IP address'],
    ['ada@1', 'a number'],
    ['ada@[::1]', 'an IP address'],
    ['ada@ex%61mple.com', 'an encoded character'],
    ['ada@ex\u00adample.com', 'a soft hyphen'],
    ['ad\u200ba@example.com', 'a zero-width space'],
    ['ada\u202e@example.com', 'turns the direction of writing'],
    ['ada\0@example.com', 'a NUL'],
    ['ada\r\nBcc: eve@example.com', 'a line break'],
    ['"ada"@example.com', 'quotes'],
    ['Ada <ada@example.com>', 'a name'],
    ['ada@example.com,eve@example.com', 'two addresses'],
    [`${'a'.repeat(65)}@example.com`, 'a local part over 64 bytes'],
    [`${'ä'.repeat(33)}@example.com`, 'a local part over 64 bytes'],
    [`ada@${'a'.repeat(64)}.com`, 'a label over 63 bytes'],
    [`ada@${'aaaaaaaaa.'.repeat(26)}com`, 'over 254 bytes'],
  ])('%j is no address: %s', (text) => {
    expect(parseEmail(text)).toBeUndefined();
  });

  it('gives what it accepted back unchanged, and one key for every case and composition', () => {
    const local = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(local, fc.constantFrom('example.com', 'bücher.example', '例え.jp'), (name, domain) => {
        const first = parseEmail(`${name}@${domain}`);
        fc.pre(first !== undefined);
        expect(parseEmail(first.address)).toEqual(first);
        expect(parseEmail(first.key)?.key).toBe(first.key);
        expect(parseEmail(first.address.toUpperCase())?.key ?? first.key).toBe(first.key);
        expect(parseEmail(first.address.normalize('NFD'))?.key ?? first.key).toBe(first.key);
      }),
    );
  });
});
