import { describe, expect, it } from '@jest/globals';
import { parseEmail } from './email.js';

describe('parseEmail', () => {
  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    ['  ada@example.com ', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ])('%s is the account %s', (text, key) => {
    expect(parseEmail(text)?.key).toBe(key);
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'a b@example.com',
    'ada@exa mple.com',
    'ada@@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('%s is no address', (text) => {
    expect(parseEmail(text)).toBeUndefined();
  });
});
