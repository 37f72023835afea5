import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { KeyRing } from '../../src/platform/security/key-ring.js';
import { SecretKeyRefused, SecretKeyUnusable, SecretsUnavailable } from '../../src/providers/secret-sealer/errors.js';
import { createKmsClient } from '../../src/providers/secret-sealer/kms/kms-client.js';
import { KmsSecretSealer } from '../../src/providers/secret-sealer/kms/kms.secret-sealer.js';
import { LocalSecretSealer } from '../../src/providers/secret-sealer/local/local.secret-sealer.js';
import { MovingSecretSealer } from '../../src/providers/secret-sealer/moving.secret-sealer.js';
import { reseal } from '../../src/providers/secret-sealer/reseal.js';
import type { SecretBinding, SecretSealer } from '../../src/providers/secret-sealer/secret-sealer.js';
import { type FakeKey, FakeKms } from '../support/aws/kms/fake-kms.js';
import { until } from '../support/until.js';
import { rows, secretSealerContract } from './secret-sealer.contract.js';

const keyId = 'alias/tabletalk';
/** Of a machine that has much else to do. */
const options = { keyId, patienceMs: 60_000 };
const tool: SecretBinding = { workspaceId: 'ws_1', kind: 'tool', id: 'weather' };
const local = () => new LocalSecretSealer(new KeyRing('a master key of at least 32 characters'));

async function startWith(build: (kms: SecretSealer) => SecretSealer) {
  const fake = await FakeKms.start();
  const elsewhere = await FakeKms.start();
  const client = await createKmsClient(fake.clientConfig);
  const others = await createKmsClient(elsewhere.clientConfig);
  return {
    sealer: build(new KmsSecretSealer(client, options)),
    stranger: new KmsSecretSealer(others, options),
    close: async () => {
      client.destroy();
      others.destroy();
      await Promise.all([fake.close(), elsewhere.close()]);
    },
  };
}

secretSealerContract('KmsSecretSealer', () => startWith((kms) => kms));
secretSealerContract('moving to KMS', () => startWith((kms) => new MovingSecretSealer(kms, local())));
secretSealerContract('moving back from KMS', () => startWith((kms) => new MovingSecretSealer(local(), kms)));

describe('KmsSecretSealer', () => {
  let fake: FakeKms;
  let client: KMSClient;
  let sealer: KmsSecretSealer;
  let key: FakeKey;

  beforeEach(async () => {
    fake = await FakeKms.start();
    key = fake.aliases.get(keyId)!;
    client = await createKmsClient(fake.clientConfig);
    sealer = new KmsSecretSealer(client, options);
  });

  afterEach(async () => {
    client.destroy();
    await fake.close();
  });

  it('tells KMS whose the secret is, and never the secret', async () => {
    await sealer.open(await sealer.seal('canary-secret', tool), tool);
    const context = { 'tabletalk:workspace': 'ws_1', 'tabletalk:kind': 'tool', 'tabletalk:id': 'weather' };
    expect(fake.uses).toEqual([
      { operation: 'GenerateDataKey', context },
      { operation: 'Decrypt', context },
    ]);
  });

  it('asks for no more than the policy of its role allows', async () => {
    const policy = readFileSync('terraform/modules/access/secrets.tf', 'utf8');
    const listed = (name: string) => JSON.parse(new RegExp(`"${name}" = (\\[.*\\])`).exec(policy)![1]!) as string[];
    await sealer.ping();
    for (const kind of ['source', 'tool'] as const) await sealer.seal('canary-secret', { ...tool, kind });
    const contexts = fake.uses.map(({ context }) => context);
    for (const context of contexts)
      expect(Object.keys(context).toSorted()).toEqual(listed('kms:EncryptionContextKeys').toSorted());
    const kinds = new Set(contexts.map((context) => context['tabletalk:kind']));
    expect(kinds).toEqual(new Set(listed('kms:EncryptionContext:tabletalk:kind')));
  });

  it('takes a data key for each secret, and asks for it again but now and then', async () => {
    const sealed = await Promise.all(['one', 'two', 'three'].map((secret) => sealer.seal(secret, tool)));
    expect(fake.count('GenerateDataKey')).toBe(3);
    for (let round = 0; round < 3; round += 1) await Promise.all(sealed.map((each) => sealer.open(each, tool)));
    expect(fake.count('Decrypt')).toBe(3);
  });

  it('forgets data keys after a while, and the oldest when there are too many', async () => {
    const forgetful = new KmsSecretSealer(client, { ...options, keptMs: 20 });
    const sealed = await forgetful.seal('canary-secret', tool);
    await forgetful.open(sealed, tool);
    await until(async () => (await forgetful.open(sealed, tool)) === 'canary-secret' && fake.count('Decrypt') >= 2);

    const small = new KmsSecretSealer(client, { ...options, maximum: 2 });
    const before = fake.count('Decrypt');
    const three = await Promise.all(['one', 'two', 'three'].map((secret) => small.seal(secret, tool)));
    for (const each of three) await small.open(each, tool);
    await small.open(three[2]!, tool);
    expect(fake.count('Decrypt')).toBe(before + 3);
    expect(await small.open(three[0]!, tool)).toBe('one');
    expect(fake.count('Decrypt')).toBe(before + 4);
  });

  it.each<[string, () => void, new () => Error]>([
    ['the key is disabled', () => (key.state = 'Disabled'), SecretKeyUnusable],
    ['the key is about to be deleted', () => (key.state = 'PendingDeletion'), SecretKeyUnusable],
    ['the key is not there', () => fake.aliases.clear(), SecretKeyUnusable],
    ['the role has no right', () => (key.permitted = false), SecretKeyRefused],
    [
      'the credentials are unknown',
      () => fake.failNext({ error: { name: 'UnrecognizedClientException', status: 400 }, times: 9 }),
      SecretKeyRefused,
    ],
    [
      'KMS throttles on and on',
      () => fake.failNext({ error: { name: 'ThrottlingException', status: 400 }, times: 9 }),
      SecretsUnavailable,
    ],
    [
      'KMS fails on and on',
      () => fake.failNext({ error: { name: 'KMSInternalException', status: 500 }, times: 9 }),
      SecretsUnavailable,
    ],
    ['the connection breaks on and on', () => fake.failNext({ drop: 'request', times: 9 }), SecretsUnavailable],
  ])('says so when %s, and nothing of the secret', async (_, happens, kind) => {
    happens();
    const error = await sealer.seal('canary-secret', tool).then(String, (reason: Error) => reason);
    expect(error).toBeInstanceOf(kind);
    const log: string[] = [];
    pino({}, { write: (line: string) => log.push(line) }).warn({ err: error }, 'failed');
    for (const text of [inspect(error, { depth: 10, showHidden: true }), log.join(), (error as Error).message])
      expect(text).not.toContain('canary');
  });

  it('gives up when KMS does not answer', async () => {
    fake.failNext({ delayMs: 3000, times: 9 });
    const hasty = new KmsSecretSealer(client, { ...options, patienceMs: 100 });
    await expect(hasty.seal('canary-secret', tool)).rejects.toBeInstanceOf(SecretsUnavailable);
  });

  it('answers a ping only while it can both seal and open', async () => {
    await sealer.ping();
    fake.failNext({ operation: 'Decrypt', error: { name: 'AccessDeniedException', status: 400 } });
    await expect(sealer.ping()).rejects.toBeInstanceOf(SecretKeyRefused);
    key.state = 'Disabled';
    await expect(sealer.ping()).rejects.toBeInstanceOf(SecretKeyUnusable);
    expect(new Set(fake.uses.map(({ context }) => context['tabletalk:kind']))).toEqual(new Set(['trial']));
  });

  it('says the same when it cannot open, and opens again as soon as it can', async () => {
    const sealed = await sealer.seal('canary-secret', tool);
    key.state = 'Disabled';
    await expect(sealer.open(sealed, tool)).rejects.toBeInstanceOf(SecretKeyUnusable);
    key.state = 'Enabled';
    key.permitted = false;
    const error = await sealer.open(sealed, tool).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(SecretKeyRefused);
    for (const dataKey of fake.dataKeys) expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(dataKey);
    key.permitted = true;
    expect(await sealer.open(sealed, tool)).toBe('canary-secret');
  });

  it('tries again what passes', async () => {
    fake.failNext({ error: { name: 'ThrottlingException', status: 400 } });
    fake.failNext({ drop: 'reply' });
    fake.failNext({ error: { name: 'KeyUnavailableException', status: 500 } });
    const sealed = await sealer.seal('canary-secret', tool);
    expect(await sealer.open(sealed, tool)).toBe('canary-secret');
  });

  it('opens with a key that was used before as long as it may, and seals anew with the new one', async () => {
    const stored = [await sealer.seal('canary-secret', tool)];
    fake.createKey(keyId);
    expect(await sealer.isCurrent(stored[0]!)).toBe(false);
    expect(await sealer.open(stored[0]!, tool)).toBe('canary-secret');
    expect(await reseal(sealer, rows(stored))).toMatchObject({ resealed: 1, unreadable: [] });
    key.permitted = false;
    expect(await new KmsSecretSealer(client, options).open(stored[0]!, tool)).toBe('canary-secret');
  });

  it('moves from the master key to KMS, and back', async () => {
    const stored = [await local().seal('canary-secret', tool)];
    const there = new MovingSecretSealer(sealer, local());
    expect(await there.open(stored[0]!, tool)).toBe('canary-secret');
    expect(await reseal(there, rows(stored))).toMatchObject({ resealed: 1, unreadable: [] });
    expect(stored[0]).toMatch(/^kms1\./);
    expect(await local().open(stored[0]!, tool)).toBeUndefined();
    const back = new MovingSecretSealer(local(), sealer);
    expect(await reseal(back, rows(stored))).toMatchObject({ resealed: 1, unreadable: [] });
    expect(await local().open(stored[0]!, tool)).toBe('canary-secret');
  });
});
