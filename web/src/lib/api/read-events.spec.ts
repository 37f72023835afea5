import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventParser } from './read-events';

const stream =
  'id: 1\nevent: progress\ndata: {"phase":"queued"}\n\n: still here\n\nid: 2\nevent: succeeded\ndata: {"text":"a\\n\\nb"}\n\n';
const events = [
  { id: '1', event: 'progress', data: { phase: 'queued' } },
  { id: '2', event: 'succeeded', data: { text: 'a\n\nb' } },
];

describe('EventParser', () => {
  it('reads events, and leaves out what only keeps the connection open', () => {
    expect(new EventParser().push(stream)).toEqual(events);
  });

  it('reads the same events however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const parser = new EventParser();
        const ends = [...cuts.toSorted((a, b) => a - b), stream.length];
        const read = ends.flatMap((end, index) => parser.push(stream.slice(ends[index - 1] ?? 0, end)));
        expect(read).toEqual(events);
      }),
    );
  });
});
