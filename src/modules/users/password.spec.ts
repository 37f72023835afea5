import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Config } from '../../config/config.js';
import { TooManyRequests } from '../../platform/errors/common-problems.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { newPasswordFault, passwordFault, PasswordHasher } from './password.js';

const hasher = new PasswordHasher(Config.read({ BCRYPT_COST: '4' }), new Metrics());

const password = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 }).filter((text) => !passwordFault(text));

describe('passwordFault', () => {
  it.each([
    ['seven77', 'must have at least 8 characters'],
    ['👍'.repeat(7), 'must have at least 8 characters'],
    ['a'.repeat(73), 'must have at most 72 bytes in UTF-8'],
    ['ä'.repeat(37), 'must have at most 72 bytes in UTF-8'],
    ['12345678\0', 'must not contain a NUL character'],
    ['12345678\ud800', 'must be well-formed Unicode'],
  ])('R11: %j %s', (text, fault) => {
    expect(passwordFault(text)).toBe(fault);
  });

  it('R11: counts the bytes of the composed form, so that it does not matter how a letter was typed', () => {
    expect(passwordFault('ä'.repeat(36))).toBeUndefined();
    expect(passwordFault('a\u0308'.repeat(36))).toBeUndefined();
    expect(passwordFault('a'.repeat(72))).toBeUndefined();
  });
});

describe('newPasswordFault', () => {
  const user = { email: 'Ada.Lovelace@example.com', username: 'countess-ada' };

  it.each(['ada.lovelace@EXAMPLE.com', 'COUNTESS-ADA', 'ｃountess-ada'])(
    'refuses what is known of the user: %s',
    (text) => {
      expect(newPasswordFault(text, user)).toBe('must not be the e-mail address or the user name');
    },
  );

  it('takes others as long as they are passwords', () => {
    expect(newPasswordFault('analytical engine', user)).toBeUndefined();
    expect(newPasswordFault('short', user)).toBe('must have at least 8 characters');
  });
});

describe('PasswordHasher', () => {
  it('R11: a longer or shorter text than the password is never the password', async () => {
    await fc.assert(
      fc.asyncProperty(password, fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }), async (right, more) => {
        const hash = await hasher.hash(right);
        expect(await hasher.verify(right, hash)).toBe(true);
        fc.pre((right + more).normalize('NFC') !== right.normalize('NFC'));
        expect(await hasher.verify(right + more, hash)).toBe(false);
        expect(await hasher.verify([...right].slice(0, -1).join(''), hash)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('R11: all 72 bytes count, and what follows them is refused', async () => {
    const longest = 'a'.repeat(72);
    const hash = await hasher.hash(longest);
    expect(await hasher.verify(longest, hash)).toBe(true);
    expect(await hasher.verify(`${longest.slice(0, -1)}b`, hash)).toBe(false);
    expect(await hasher.verify(`${longest}a`, hash)).toBe(false);
    expect(await hasher.verify(`${longest}\0`, hash)).toBe(false);
  });

  it('R11: composed and decomposed letters are the same password', async () => {
    await fc.assert(
      fc.asyncProperty(password, async (text) => {
        const hash = await hasher.hash(text.normalize('NFD'));
        expect(await hasher.verify(text.normalize('NFC'), hash)).toBe(true);
        expect(await hasher.verify(text, hash)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('R12: nothing is the password of an account that does not exist', async () => {
    for (const text of ['no password has this hash', '', 'correct horse battery staple']) {
      expect(await hasher.verify(text, undefined)).toBe(false);
    }
  });

  it('R13: refuses with Retry-After what would have to wait too long, and recovers', async () => {
    const hash = await hasher.hash('correct horse');
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => hasher.verify('correct horse', hash)));
    const checked = answers.filter(({ status }) => status === 'fulfilled');
    const refused = answers.filter((each) => each.status === 'rejected');
    expect(checked).toHaveLength(34);
    for (const { reason } of refused) {
      expect(reason).toBeInstanceOf(TooManyRequests);
      expect(reason).toMatchObject({ headers: { 'retry-after': '5' } });
    }
    expect(await hasher.verify('correct horse', hash)).toBe(true);
  });
});
