import { describe, expect, it } from '@jest/globals';
import { readSubtitles } from './read-subtitles.js';

const said = (file: string, format: 'vtt' | 'srt' = 'vtt') => {
  const { text, turns } = readSubtitles(file, format);
  return turns.map(({ speaker, start, end, from_ms, to_ms }) => [speaker, text.slice(start, end), from_ms, to_ms]);
};

describe('reading subtitles', () => {
  it('knows voices, joins what one says, and tells the time', () => {
    const file = `WEBVTT - a study

NOTE Not said

STYLE
::cue { color: red }

intro
00:00:01.000 --> 00:00:03.500 align:start
<v.loud Ada Lovelace>Why <i>did</i> you &amp; he wait?</v>

00:04.000 --> 00:05.000
<v P1>Because

00:05.000 --> 00:06.250
<v P1>we had to.
It was so.

1:00:00.000 --> 1:00:01.000
<v P1>Later.
`;
    expect(said(file)).toEqual([
      ['Ada Lovelace', 'Why did you & he wait?', 1000, 3500],
      ['P1', 'Because we had to. It was so.', 4000, 6250],
      ['P1', 'Later.', 3_600_000, 3_601_000],
    ]);
  });

  it('knows names before a colon, and dashes of speakers without a name', () => {
    const file = `1
00:00:01,000 --> 00:00:02,000
ADA: Why?

2
00:00:02,000 --> 00:00:03,000
P1: Because.

3
00:00:03,000 --> 00:00:04,000
- And?

4
00:00:04,000 --> 00:00:05,000
- So.
It is.
`;
    expect(said(file, 'srt').map(([speaker, text]) => [speaker, text])).toEqual([
      ['ADA', 'Why?'],
      ['P1', 'Because.'],
      [undefined, '- And?'],
      [undefined, '- So. It is.'],
    ]);
  });

  it('says once what live captions say again and again, and goes on after a damaged one', () => {
    const file = `WEBVTT

00:00:01.000 --> 00:00:02.000
we waited

00:00:02.000 --> 00:00:03.000
we waited
for the form

garbage --> more

00:00:0x

00:00:04.000 --> 00:00:05.000

00:00:05.000 --> 00:00:06.000
for the form
all day
`;
    expect(said(file).map(([, text]) => text)).toEqual(['we waited for the form all day']);
  });
});
