import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { Config } from '../../config/config.js';
import { KeyRing } from '../../platform/security/key-ring.js';
import { AccessTokens } from './access-tokens.js';

const clock = new ManualClock();
const keys = new KeyRing('the secret of today, which signs', ['the secret of yesterday, which verifies']);
const config = Config.read({});
const tokens = new AccessTokens(keys, config, clock);
const now = Math.floor(clock.now().getTime() / 1000);

const header = { alg: 'HS256', typ: 'at+jwt', kid: keys.currentId };
const payload = {
  sub: 'user',
  sid: 'session',
  iss: 'tabletalk',
  aud: 'tabletalk-api',
  iat: now,
  nbf: now,
  exp: now + 900,
};

type Part = Readonly<Record<string, unknown>>;

const encoded = (part: Part) => Buffer.from(JSON.stringify(part)).toString('base64url');

function signed(head: Part, body: Part, secret: Buffer | string = keys.key('access-token'), hash = 'sha256'): string {
  const text = `${encoded(head)}.${encoded(body)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}

const wrongValue = fc.constantFrom<unknown>(undefined, null, '', 0, 1, true, 'x', [], {}, ['x'], { x: 1 });
const otherThan = (right: unknown, ...values: unknown[]) =>
  fc.oneof(wrongValue, fc.constantFrom(...values)).filter((value) => value !== right);

/** One field of the header that makes a token none of ours, whoever signed it. */
const headerFault = fc.oneof(
  otherThan('HS256', 'none', 'None', 'hs256', 'HS384', 'HS512', 'RS256', 'PS256', 'ES256', 'EdDSA').map((alg) => ({
    alg,
  })),
  otherThan('at+jwt', 'JWT', 'at+jws', 'refresh+jwt', 'application/jwt').map((typ) => ({ typ })),
  otherThan(keys.currentId, '1', '../../dev/null', "' or 1=1 --", 'http://127.0.0.1/key', `${keys.currentId}=`).map(
    (kid) => ({ kid }),
  ),
  fc.constantFrom({ crit: ['exp'] }, { crit: ['b64'], b64: false }, { crit: [] }, { crit: 'x' }),
);

/** One claim that makes it a token of another service, or not valid now. */
const payloadFault = fc.oneof(
  otherThan('tabletalk', 'Tabletalk', 'https://tabletalk', ['tabletalk']).map((iss) => ({ iss })),
  otherThan('tabletalk-api', 'tabletalk', 'TABLETALK-API', ['another']).map((aud) => ({ aud })),
  fc.integer({ min: -1e9, max: 0 }).map((skew) => ({ exp: now + skew })),
  fc.constantFrom<unknown>(undefined, null, String(now + 900), NaN, []).map((exp) => ({ exp })),
  fc.integer({ min: 1, max: 1e9 }).map((skew) => ({ nbf: now + skew })),
  fc.constantFrom<unknown>(undefined, null, String(now), {}).map((nbf) => ({ nbf })),
  fc.constantFrom<unknown>(undefined, null, 'today').map((iat) => ({ iat })),
  fc.constantFrom<unknown>(undefined, null, 1, ['user'], {}).map((sub) => ({ sub })),
  fc.constantFrom<unknown>(undefined, null, 1, ['session'], {}).map((sid) => ({ sid })),
);

/** What an attacker may put beside the right fields to bring a key of their own. */
const injected = fc.constantFrom<Part>(
  {},
  { jwk: { kty: 'oct', k: Buffer.from('attacker').toString('base64url') } },
  { jku: 'http://127.0.0.1/keys' },
  { x5u: 'http://127.0.0.1/certificate' },
  { x5c: ['MIIB'] },
  { b64: true },
);

const attackerSecret = fc.oneof(
  fc.constantFrom('', 'secret', 'attacker', keys.currentId, 'null', '\0'.repeat(32)),
  fc.string(),
  fc.constant(keys.key('cursor')),
);

describe('AccessTokens', () => {
  const valid = { userId: 'user', sessionId: 'session', expiresAt: now + 900 };

  it('accepts what it signed, until it expires', async () => {
    const token = await tokens.sign('user', 'session');
    expect(await tokens.verify(token)).toEqual(valid);
    expect(await tokens.verify(signed(header, payload))).toEqual(valid);
    const later = new ManualClock();
    const then = new AccessTokens(keys, config, later);
    later.advance(899_000);
    expect(await then.verify(token)).toEqual(valid);
    later.advance(1000);
    expect(await then.verify(token)).toBeUndefined();
  });

  it('accepts what the previous secret signed under its own id, and only then', async () => {
    const before = new KeyRing('the secret of yesterday, which verifies');
    const old = await new AccessTokens(before, config, clock).sign('user', 'session');
    expect(await tokens.verify(old)).toEqual(valid);
    expect(await tokens.verify(signed(header, payload, before.key('access-token')))).toBeUndefined();
    const mixed = signed({ ...header, kid: before.currentId }, payload);
    expect(await tokens.verify(mixed)).toBeUndefined();
    const forgotten = new AccessTokens(new KeyRing('the secret of today, which signs'), config, clock);
    expect(await forgotten.verify(old)).toBeUndefined();
  });

  it('R9: refuses what was signed with the right key but is not an access token of this service', async () => {
    const faults = fc.oneof(
      fc.tuple(headerFault, fc.constant({})),
      fc.tuple(fc.constant({}), payloadFault),
      fc.tuple(headerFault, payloadFault),
    );
    await fc.assert(
      fc.asyncProperty(faults, injected, async ([head, body], more) => {
        const token = signed({ ...header, ...more, ...head }, { ...payload, ...body });
        expect(await tokens.verify(token)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('R9: refuses what was signed with any other key or algorithm, or not at all', async () => {
    const head = fc
      .tuple(injected, fc.oneof(fc.constant({}), headerFault))
      .map(([more, fault]) => ({ ...more, ...fault }));
    const hash = fc.constantFrom('sha256', 'sha384', 'sha512');
    await fc.assert(
      fc.asyncProperty(head, attackerSecret, hash, async (changes, secret, algorithm) => {
        expect(await tokens.verify(signed({ ...header, ...changes }, payload, secret, algorithm))).toBeUndefined();
        const unsigned = `${encoded({ ...header, ...changes })}.${encoded(payload)}.`;
        expect(await tokens.verify(unsigned)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('R9: refuses a token of which any one byte was changed', async () => {
    const [head, body, signature] = signed(header, payload).split('.') as [string, string, string];
    const flipped = (part: string, at: number, bit: number) => {
      const bytes = Buffer.from(part, 'base64url');
      bytes[at % bytes.length]! ^= 1 << bit;
      return bytes.toString('base64url');
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(500), fc.nat(7), async (which, at, bit) => {
        const parts = [head, body, signature].map((part, index) => (index === which ? flipped(part, at, bit) : part));
        expect(await tokens.verify(parts.join('.'))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('R9: refuses arbitrary text without failing', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.base64String(), { maxLength: 6 }).map((parts) => parts.join('.')),
      fc
        .tuple(fc.json(), fc.json())
        .map((parts) => [...parts, ''].map((part) => Buffer.from(part).toString('base64url')).join('.')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (token) => {
        expect(await tokens.verify(token)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
