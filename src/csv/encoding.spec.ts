import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import {
  assertKnownEncoding,
  bomLength,
  createDecoder,
  decodeHead,
  detectEncoding,
  UnknownEncoding,
} from './encoding.js';

const TABLE = 'Name;Straße;Größe\nJürgen;Königstraße 5;1,80\nZoë;Rue de l’Été;1,65\n';
const UTF_16BE = iconv.encode(TABLE, 'utf-16be');

describe('detectEncoding', () => {
  it.each([
    ['utf-8', Buffer.from(`\uFEFF${TABLE}`), 3],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TABLE, 'utf16le')]), 2],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), UTF_16BE]), 2],
    ['utf-32le', iconv.encode(TABLE, 'utf-32le', { addBOM: true }), 4],
    ['utf-16le', Buffer.from(TABLE, 'utf16le'), 0],
    ['utf-16be', UTF_16BE, 0],
    ['utf-8', Buffer.from(TABLE), 0],
    ['utf-8', Buffer.from('a,b\n1,2\n'), 0],
    ['utf-8', Buffer.alloc(0), 0],
    ['windows-1252', iconv.encode(TABLE, 'windows-1252'), 0],
    [
      'windows-1251',
      iconv.encode('имя;город\nИван Петрович;Москва\nМария Сергеевна;Санкт-Петербург\n', 'windows-1251'),
      0,
    ],
    ['shift_jis', iconv.encode('名前,都市\n山田太郎,東京都\n鈴木花子,大阪府\nさとう,きょうと\n', 'shift_jis'), 0],
  ])('R24: finds %s', (encoding, bytes, bomBytes) => {
    const guess = detectEncoding(bytes);
    expect(guess).toMatchObject({ encoding, bomBytes });
    expect(guess.evidence).not.toBe('');
  });

  it('takes a character that is cut at the end of the sample for no fault', () => {
    const bytes = Buffer.from('naïve,日本,😀\n'.repeat(3));
    for (let end = 1; end <= bytes.length; end++) {
      expect(detectEncoding(bytes.subarray(0, end)).encoding).toBe('utf-8');
      expect(decodeHead(bytes.subarray(0, end), 'utf-8', false).text).not.toContain('\uFFFD');
    }
  });

  it('never throws, and names an encoding that can be decoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { encoding, bomBytes } = detectEncoding(bytes);
        expect(assertKnownEncoding(encoding)).toBe(encoding);
        expect(bomLength(bytes, encoding)).toBe(bomBytes);
        expect(typeof decodeHead(bytes, encoding, true).text).toBe('string');
      }),
    );
  });
});

describe('assertKnownEncoding', () => {
  it.each([
    ['UTF8', 'utf-8'],
    ['latin1', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
    ['cp1251', 'windows-1251'],
    ['SJIS', 'shift_jis'],
    ['utf-16', 'utf-16le'],
    ['cp437', 'cp437'],
  ])('knows %s as %s', (alias, name) => expect(assertKnownEncoding(alias)).toBe(name));

  it.each(['', 'klingon', 'base64', 'hex', '_dbcs', 'utf-7'])('refuses "%s"', (name) => {
    expect(() => assertKnownEncoding(name)).toThrow(UnknownEncoding);
  });
});

describe('createDecoder', () => {
  it.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'shift_jis', 'gb18030', 'utf-32le'])(
    'decodes %s cut anywhere',
    (encoding) => {
      const text = encoding === 'windows-1252' ? TABLE : 'a,日本\n"語",x\n';
      const bytes = iconv.encode(text, encoding);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 5 }), (cuts) => {
          const decoder = createDecoder(encoding);
          const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
          const pieces = edges.slice(1).map((end, index) => decoder.write(bytes.subarray(edges[index], end)));
          expect(pieces.join('') + decoder.end()).toBe(text);
        }),
        { numRuns: 30 },
      );
    },
  );

  it('leaves the byte-order mark out of the text', () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le']) {
      expect(decodeHead(iconv.encode('a,b', encoding, { addBOM: true }), encoding, true).text).toBe('a,b');
    }
  });

  it('counts what cannot be decoded', () => {
    expect(decodeHead(Buffer.from([0x61, 0x81, 0x62, 0xff]), 'windows-1252', true).undecodable).toBe(1);
    expect(decodeHead(Buffer.from('a\uFFFDb'), 'utf-8', true).undecodable).toBe(0);
    expect(decodeHead(Buffer.from([0x61, 0xff, 0x62]), 'utf-8', true).undecodable).toBe(1);
  });
});
