import { describe, expect, it } from '@jest/globals';
import { Config, InvalidConfiguration } from './config.js';
import { renderEnvExample } from './env-example.js';

describe('Config', () => {
  it('has a working default for everything', () => {
    const config = Config.read({});
    expect(config.host).toBe('127.0.0.1');
    expect(config.port).toBe(8000);
    expect(config.uploadMaxBytes).toBe(20e9);
    expect(config.ownerEmail).toBeUndefined();
  });

  it('treats an empty variable as absent', () => {
    expect(Config.read({ PORT: '  ' }).port).toBe(8000);
  });

  it('reports every fault at once, with the variable and what is expected', () => {
    const read = () =>
      Config.read({ PORT: 'eighty', LOG_LEVEL: 'loud', UPLOAD_MAX_BYTES: 'big', OWNER_EMAIL: 'a@b.example' });
    expect(read).toThrow(InvalidConfiguration);
    expect(read).toThrow(/PORT must be a whole number from 0 to 65535, not "eighty"/);
    expect(read).toThrow(/LOG_LEVEL must be one of .*info.*, not "loud"/);
    expect(read).toThrow(/UPLOAD_MAX_BYTES must be a size/);
    expect(read).toThrow(/OWNER_EMAIL and OWNER_PASSWORD must be given together/);
  });

  it('never repeats a secret', () => {
    expect(() => Config.read({ MASTER_KEY: 'short-secret' })).toThrow(/^(?!.*short-secret)/s);
    const read = () => Config.read({ PREVIOUS_MASTER_KEYS: `${'x'.repeat(40)}, short-secret` });
    expect(() => Config.read({ MASTER_KEY: `a,${'x'.repeat(40)}` })).toThrow(/MASTER_KEY must not contain a comma/);
    expect(read).toThrow(/PREVIOUS_MASTER_KEYS must be secrets of at least 32 characters/);
    expect(read).toThrow(/^(?!.*short-secret)/s);
    expect(() => Config.read({ SMTP_URL: 'http://user:short-secret@mail.example.com' })).toThrow(
      /^(?!.*short-secret)/s,
    );
  });

  it.each([
    [{ OBJECT_STORE: 's3' }, /OBJECT_STORE=s3 needs S3_BUCKET/],
    [{ S3_PREFIX: '/lake' }, /S3_PREFIX must be lower-case names/],
    [{ S3_PREFIX: 'lake/' }, /S3_PREFIX must be lower-case names/],
    [{ S3_PREFIX: 'lake/../other' }, /S3_PREFIX must be lower-case names/],
    [{ S3_PREFIX: 'Lake' }, /S3_PREFIX must be lower-case names/],
  ])('refuses %j', (environment, fault) => {
    expect(() => Config.read(environment)).toThrow(fault);
  });

  it('takes a bucket and a folder of it', () => {
    const config = Config.read({ OBJECT_STORE: 's3', S3_BUCKET: 'lake', S3_PREFIX: 'tabletalk/production' });
    expect(config).toMatchObject({ s3Bucket: 'lake', s3Prefix: 'tabletalk/production', s3PresignedSeconds: 900 });
  });

  it.each([
    ['http://mail.example.com', 'a@b.example', /SMTP_URL must be smtp/],
    ['smtp://', 'a@b.example', /SMTP_URL must be smtp/],
    ['smtp://mail.example.com?tls.rejectUnauthorized=false', 'a@b.example', /SMTP_URL must be smtp/],
    ['smtp://mail.example.com', '', /SMTP_URL and MAIL_FROM must be given together/],
    ['', 'a@b.example', /SMTP_URL and MAIL_FROM must be given together/],
    ['smtp://mail.example.com', 'Tabletalk <a@b.example>', /MAIL_FROM must be an e-mail address without a name/],
  ])('refuses the mail settings %s, %s', (SMTP_URL, MAIL_FROM, fault) => {
    expect(() => Config.read({ SMTP_URL, MAIL_FROM })).toThrow(fault);
  });

  it.each([
    ['10GB', 10e9],
    ['1.5 mb', 1.5e6],
    ['4096', 4096],
  ])('reads the size %s', (text, expected) => {
    expect(Config.read({ BODY_LIMIT: text }).bodyLimitBytes).toBe(expected);
  });

  it.each([
    [{ OPENAI_BASE_URL: 'http://localhost:11434/v1' }, 'OPENAI_BASE_URL and OPENAI_MODEL_ID must be given together'],
    [{ OPENAI_MODEL_ID: 'm' }, 'OPENAI_BASE_URL and OPENAI_MODEL_ID must be given together'],
    [{ OPENAI_BASE_URL: 'localhost:11434', OPENAI_MODEL_ID: 'm' }, 'OPENAI_BASE_URL must begin with http'],
    [{ OPENAI_BASE_URL: 'http://user:key@host/v1', OPENAI_MODEL_ID: 'm' }, 'without user, query or fragment'],
    [{ LANGUAGE_MODEL: 'openai-compatible' }, 'LANGUAGE_MODEL=openai-compatible needs OPENAI_BASE_URL'],
    [{ LANGUAGE_MODEL: 'bedrock' }, 'LANGUAGE_MODEL=bedrock needs BEDROCK_MODEL_ID'],
    [{ MODEL_PRICES: 'm=1' }, 'MODEL_PRICES must hold entries such as'],
  ])('refuses %j', (environment, fault) => {
    expect(() => Config.read(environment)).toThrow(fault);
  });

  it('documents every setting once', () => {
    const names = renderEnvExample().match(/^# [A-Z_]+=/gm) ?? [];
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('# DATA_DIR=');
  });
});
