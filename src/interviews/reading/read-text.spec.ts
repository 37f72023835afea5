import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from './decode.js';
import { readText } from './read-text.js';
import { readTranscript } from './read-transcript.js';

const said = (text: string, format: 'txt' | 'md' = 'txt') =>
  readText(text, format).turns.map(({ speaker, start, end, from_ms }) => [
    speaker,
    text.slice(start, end),
    ...(from_ms === undefined ? [] : [from_ms]),
  ]);

describe('reading plain text', () => {
  it('knows speakers by names that come again, before a colon', () => {
    const text =
      'A study\nInterviewed by Ada\n\nAda: Why?\n\nBo Li: Because.\nIt is so.\n\nAda: Note: truly?\nBo Li: Yes.\n';
    expect(said(text)).toEqual([
      ['Ada', 'Why?'],
      ['Bo Li', 'Because.\nIt is so.'],
      ['Ada', 'Note: truly?'],
      ['Bo Li', 'Yes.'],
    ]);
  });

  it.each([
    [
      'Q. Why?\nA. Because of it.\nQ. And?\n',
      [
        ['Q', 'Why?'],
        ['A', 'Because of it.'],
        ['Q', 'And?'],
      ],
    ],
    [
      'Mr. RANKIN. Why?\nMrs. LEE. Because.\nMr. RANKIN. And?\nMrs. LEE. So.',
      [
        ['Mr. RANKIN', 'Why?'],
        ['Mrs. LEE', 'Because.'],
        ['Mr. RANKIN', 'And?'],
        ['Mrs. LEE', 'So.'],
      ],
    ],
    [
      '[00:01:02] Ada: Why?\n[00:01:05] P1: So.\n[00:02:00] Ada: And?\n[00:02:01] P1: Ok.',
      [
        ['Ada', 'Why?', 62_000],
        ['P1', 'So.', 65_000],
        ['Ada', 'And?', 120_000],
        ['P1', 'Ok.', 121_000],
      ],
    ],
    [
      'Ada Lovelace  0:03\nWhy?\n\nP1  0:07\nBecause.\n\nAda Lovelace  0:09\nI see.\n',
      [
        ['Ada Lovelace', 'Why?', 3_000],
        ['P1', 'Because.', 7_000],
        ['Ada Lovelace', 'I see.', 9_000],
      ],
    ],
  ])('knows other ways to say who speaks: %j', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it('knows bold names in Markdown, and takes headings and front matter for nobody’s words', () => {
    const text =
      '---\ntitle: A: B\n---\n# Ada: A study\n\n**Ada:** Why?\n\n**P1**: Because.\n\n## Part two\n\n**Ada:** And?\n**P1:** So.\n';
    expect(said(text, 'md')).toEqual([
      ['Ada', 'Why?'],
      ['P1', 'Because.'],
      ['Ada', 'And?'],
      ['P1', 'So.'],
    ]);
  });

  it('takes paragraphs for turns where nobody is named', () => {
    expect(said('I was born here.\nThen I left.\n\nRemember: never say so.\n')).toEqual([
      [undefined, 'I was born here.\nThen I left.'],
      [undefined, 'Remember: never say so.'],
    ]);
  });

  it('R24: reads whatever comes: turns in order, within the text, without overlap', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'Ada: yes',
        'P1: no',
        '',
        'Q. x',
        '[0:01] P1: y',
        'P1 0:02',
        '1',
        '00:01.000 --> 00:02.000',
        '<v P1>x',
      ),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('txt', 'md', 'vtt', 'srt'), (lines, format) => {
        const { text, turns } = readTranscript(decode(Buffer.from(lines.join('\n'))), format);
        let last = 0;
        for (const { start, end } of turns) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
    );
  });
});

describe('decoding', () => {
  it('knows UTF-8, UTF-16 and Windows-1252, and ends lines in one way', () => {
    expect(decode(Buffer.from('\ufeffNaïve\r\nso'))).toBe('Naïve\nso');
    expect(decode(Buffer.from('\ufeffNaïve', 'utf16le'))).toBe('Naïve');
    expect(decode(Buffer.from('Na\xefve \x93so\x94', 'latin1'))).toBe('Naïve “so”');
  });
});
