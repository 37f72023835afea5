import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ServerSentEvent, serverSentEvents } from './server-sent-events.js';

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

async function read(text: string, sizes: readonly number[] = []): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(cut(new TextEncoder().encode(text), sizes))) events.push(event);
  return events;
}

const plain = (data: string): ServerSentEvent => ({ event: undefined, data });

describe('serverSentEvents', () => {
  it('reads events, their names, and data of several lines', async () => {
    const text = 'data: one\n\nevent: error\ndata: two\ndata:three\n\nid: 7\nretry: 10\ndata\n\n';
    expect(await read(text)).toEqual([plain('one'), { event: 'error', data: 'two\nthree' }, plain('')]);
  });

  it('skips comments, empty events and a byte order mark', async () => {
    expect(await read('\uFEFF: OPENROUTER PROCESSING\n\n\n\nevent: ping\n\ndata: one\n\n:\n\n')).toEqual([
      plain('one'),
    ]);
  });

  it('takes the end of the stream for the end of its last event', async () => {
    expect(await read('data: one\n\ndata: [DONE]')).toEqual([plain('one'), plain('[DONE]')]);
  });

  it('keeps colons and spaces that belong to the data', async () => {
    expect(await read('data:  {"a": "b:c"}\n\n')).toEqual([plain(' {"a": "b:c"}')]);
  });

  it('reads the same however the bytes are cut and the lines are ended', async () => {
    const data = fc.array(
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\r\n\uFEFF]/g, '')),
      { minLength: 1, maxLength: 3 },
    );
    const cases = fc.record({
      events: fc.array(data, { maxLength: 5 }),
      ending: fc.constantFrom('\n', '\r\n', '\r'),
      sizes: fc.array(fc.nat({ max: 7 }), { maxLength: 80 }),
    });
    const property = fc.asyncProperty(cases, async ({ events, ending, sizes }) => {
      const text = events.map((lines) => lines.map((line) => `data: ${line}${ending}`).join('') + ending).join('');
      const expected = events.map((lines) =>
        plain(new TextDecoder().decode(new TextEncoder().encode(lines.join('\n')))),
      );
      expect(await read(text, sizes)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('gives up on a line without an end', async () => {
    async function* endless() {
      for (;;) yield new Uint8Array(1_000_000).fill(97);
    }
    const reading = async () => {
      for await (const _ of serverSentEvents(endless())) expect(_).toBeUndefined();
    };
    await expect(reading()).rejects.toThrow('has no end');
  });
});
