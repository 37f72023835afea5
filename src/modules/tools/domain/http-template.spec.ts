import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillTemplate, type HttpTemplate, originOf, templateFaults } from './http-template.js';

const get = (url: string, more: Partial<HttpTemplate> = {}): HttpTemplate => ({
  method: 'GET',
  url,
  headers: {},
  ...more,
});
const filled = (template: HttpTemplate, input: Record<string, unknown>, secret?: string) => {
  const result = fillTemplate(template, input, secret);
  if (Array.isArray(result)) throw new Error(JSON.stringify(result));
  return result;
};
const faultsOf = (template: HttpTemplate, hasSecret = false) =>
  templateFaults(template, new Set(['a', 'b']), hasSecret).map(({ pointer, detail }) => `${pointer} ${detail}`);

describe('fillTemplate', () => {
  it.each([
    ['https://x.example/{a}', { a: 'São Paulo/1?#&' }, 'https://x.example/S%C3%A3o%20Paulo%2F1%3F%23%26'],
    ['https://x.example/v1/{a}.json?q={b}&u=1', { a: 7, b: true }, 'https://x.example/v1/7.json?q=true&u=1'],
    ['https://x.example/?a={a}&b={b}', { b: ['x', 'y&z'] }, 'https://x.example/?b=x%2Cy%26z'],
    ['https://x.example?a={a}', {}, 'https://x.example'],
    ['https://x.example:8443/?a={a}', { a: { c: 1 } }, 'https://x.example:8443/?a=%7B%22c%22%3A1%7D'],
    ['https://x.example/?a={a}', { a: '\ud800{b}', b: 'no' }, 'https://x.example/?a=%EF%BF%BD%7Bb%7D'],
  ])('fills %s with %j', (url, input, expected) => {
    expect(filled(get(url), input).url).toBe(expected);
  });

  it('R58: calls the same host, and a path of the same shape, whatever the input', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '../..',
        '..\\..',
        '//evil.example',
        '@evil.example',
        ':1',
        '\r\nhost: x',
        '#',
        '?',
      ),
      fc.double(),
      fc.array(fc.string()),
    );
    const template = get('https://x.example:444/v1/{a}/items/p{b}?a={a}&b={b}');
    fc.assert(
      fc.property(value, value, (a, b) => {
        const result = fillTemplate(template, { a, b }, undefined);
        if (Array.isArray(result)) return;
        const url = new URL(result.url);
        expect(url.origin).toBe('https://x.example:444');
        expect(url.pathname.split('/')).toHaveLength(5);
        expect(url.pathname).toMatch(/^\/v1\/[^/]+\/items\/p/);
        expect([...url.searchParams.keys()]).toEqual(['a', 'b']);
        expect(url.hash + url.username + url.password).toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['', null, '..', '.', '%2E%2e', '../x', 'x/../y', '..\\x'])('R58: takes no %j for a part of a path', (a) => {
    expect(fillTemplate(get('https://x.example/{a}'), { a }, undefined)).toMatchObject([{ pointer: '/a' }]);
  });

  it('takes no member that the input inherits', () => {
    expect(filled(get('https://x.example/?a={constructor}'), {}).url).toBe('https://x.example/');
  });

  it('puts the secret into headers, as it is', () => {
    const template = get('https://x.example/', { headers: { authorization: 'Bearer {{secret}}', 'x-a': '{a}' } });
    expect(filled(template, { a: 'b' }, "$&$'k").headers).toEqual({ authorization: "Bearer $&$'k", 'x-a': '{a}' });
  });

  it('sends the whole input, or the body with its values', () => {
    const post = (body?: unknown) => get('https://x.example/', { method: 'POST', body });
    expect(filled(post(), { a: 1 })).toMatchObject({
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });
    const body = { city: '{a}', text: 'In {a}: {b}', deep: [{ '{a}': '{missing}' }], fixed: 1 };
    expect(JSON.parse(filled(post(body), { a: '","x":"', b: { c: 1 } }).body!)).toEqual({
      city: '","x":"',
      text: 'In ","x":": {"c":1}',
      deep: [{ '{a}': null }],
      fixed: 1,
    });
  });
});

describe('templateFaults', () => {
  it('takes what it can fill', () => {
    const headers = { authorization: 'Bearer {{secret}}', accept: 'text/csv' };
    expect(faultsOf(get('https://x.example/{a}?b={b}', { headers, body: { b: '{b}' } }), true)).toEqual([]);
  });

  it.each([
    'x.example/{a}',
    'https://{a}.example/',
    'https://{a}/',
    '{a}://x.example/',
    'https://x.example:{a}/',
    'https://user:{a}@x.example/',
    'https://user@x.example/',
    'https://x.example{a}',
    'https://x.example\\@y.example/',
    'https://x.example/#{a}',
    'https://x.example/{{secret}}',
    'https://x.example/{c}',
    'https://x.example/{a b}',
    'https://x.example/}',
    'https:///x',
  ])('R58: refuses %s', (url) => {
    expect(faultsOf(get(url))[0]).toMatch(/^\/url /);
  });

  it.each([
    [{ Host: 'x' }, '/headers/Host'],
    [{ 'content-length': '1' }, '/headers/content-length'],
    [{ 'Proxy-Authorization': 'x' }, '/headers/Proxy-Authorization'],
    [{ 'a b': 'x' }, '/headers/a b'],
    [{ 'x-a': 'x\r\ny: z' }, '/headers/x-a'],
    [{ 'x-a': 'é' }, '/headers/x-a'],
    [{ 'x-a': '{{secret}}' }, '/headers/x-a'],
  ])('refuses the headers %j', (headers: Record<string, string>, pointer) => {
    expect(faultsOf(get('https://x.example/', { headers }))[0]!.startsWith(pointer)).toBe(true);
  });
});

describe('originOf', () => {
  it('tells whom a template calls', () => {
    expect(originOf('HTTPS://X.example:443/{a}')).toBe('https://x.example');
    expect(originOf('nothing')).toBeUndefined();
  });
});
