import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ChildTextAnalyst } from '../../src/providers/text-analyst/child/child.text-analyst.js';
import { AnalystFailed, UnreadableInterview } from '../../src/providers/text-analyst/text-analyst.js';
import { wordDocument } from '../support/word-document.js';

const interview = (name: string) => readFileSync(join(process.cwd(), 'test/fixtures/interviews', name));

describe('ChildTextAnalyst', () => {
  const analyst = new ChildTextAnalyst({ dataMegabytes: 768, seconds: 60 });
  const { signal } = new AbortController();
  const read = (name: string, bytes: Uint8Array) => analyst.read({ name, bytes }, 1, signal);
  afterAll(() => analyst.close());

  it('finds in a real interview what it turns on, the same every time', async () => {
    const { transcript, interview: about, chunks } = await read('a.txt', interview('fountain-hughes-1949.txt'));
    const named = chunks.map((chunk, index) => ({ chunk_id: `c${index + 1}`, ...chunk }));
    const [found, again] = await Promise.all([1, 2].map(() => analyst.infer([about], [transcript], named, signal)));
    expect(again).toEqual(found);
    const phrases = found!.flatMap((meaning) => meaning.phrases).join();
    expect(phrases).toMatch(/money/);
    expect(phrases).toMatch(/dollars/);
    const meanings = found!.map((meaning, index) => ({ meaning_id: `m${index + 1}`, ...meaning }));
    const patterns = await analyst.relate(meanings, named, signal);
    const money = patterns.find(({ theme }) => /money|dollar/.test(theme))!;
    expect(money.support.chunks).toBeGreaterThan(1);
  });

  it('reads Word documents, and says why it cannot read something', async () => {
    const { transcript } = await read(
      'a.docx',
      await wordDocument(['Ada: Why?', 'P1: <b> & so.', 'Ada: And?', 'P1: Yes.']),
    );
    expect(transcript.turns.map(({ start, end }) => transcript.text.slice(start, end))).toEqual([
      'Why?',
      '<b> & so.',
      'And?',
      'Yes.',
    ]);
    await expect(read('a.docx', Buffer.from('PK\u0003\u0004 nothing'))).rejects.toThrow(UnreadableInterview);
    await expect(read('a.txt', Buffer.from(' \n '))).rejects.toThrow('nobody says anything in it');
  });

  it('R20: outlives what takes too much memory', async () => {
    const bomb = await wordDocument([`P1: ${'We waited. '.repeat(8_000_000)}`], 9);
    await expect(read('bomb.docx', bomb)).rejects.toThrow(AnalystFailed);
    expect((await read('a.txt', Buffer.from('We waited.'))).chunks).toHaveLength(1);
  });

  it('stops at once when nobody wants it any more', async () => {
    const stop = new AbortController();
    const reading = analyst.read({ name: 'a.txt', bytes: interview('fountain-hughes-1949.txt') }, 1, stop.signal);
    stop.abort(new Error('Enough.'));
    await expect(reading).rejects.toThrow('Enough.');
  });

  it('ends what takes too long', async () => {
    const hasty = new ChildTextAnalyst({ dataMegabytes: 768, seconds: 0.01 });
    const reading = hasty.read({ name: 'a.txt', bytes: Buffer.from('We waited.') }, 1, signal);
    await expect(reading).rejects.toThrow(AnalystFailed);
  });
});
