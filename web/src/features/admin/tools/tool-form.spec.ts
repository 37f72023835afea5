import { describe, expect, it } from '@jest/globals';
import { emptyTool, headersFault, objectFault, textsOf, toolOf } from './tool-form';

const tool = {
  name: 'rates',
  description: 'Tells the rate of two currencies.',
  kind: 'http' as const,
  method: 'POST' as const,
  url: 'https://example.com/{from}',
  input_schema: { type: 'object', properties: { from: { type: 'string' } } },
  headers: { authorization: 'Bearer {{secret}}', accept: 'text/plain: all' },
  body: { place: '{from}' },
  has_secret: true,
  timeout_ms: 5000,
  response_limit_bytes: 1000,
  version: 3,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
};

describe('a tool in a form', () => {
  it('is sent as it was, and without a secret when none is typed', () => {
    const {
      kind: _kind,
      has_secret: _secret,
      version: _version,
      created_at: _created,
      updated_at: _updated,
      ...sent
    } = tool;
    expect(toolOf(textsOf(tool))).toEqual(sent);
  });

  it('has a secret when one is typed, and a body only for POST', () => {
    const sent = toolOf({ ...textsOf(tool), method: 'GET', secret: 'abc' });
    expect(sent.secret).toBe('abc');
    expect(sent.body).toBeUndefined();
  });

  it('begins with a schema that can be sent', () => {
    expect(objectFault(emptyTool.input_schema)).toBeUndefined();
  });

  it.each(['', '{', '[]', 'null', '"{}"'])('refuses %j as an object', (text) => {
    expect(objectFault(text)).toMatch(/JSON/);
  });

  it('says which line is no header', () => {
    expect(headersFault('accept: a\n\n x-key: 1 ')).toBeUndefined();
    expect(headersFault('accept: a\nnothing')).toContain('“nothing”');
  });
});
