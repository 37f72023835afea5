import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { foreignKind, isGzip } from './file-kind.js';

const csv = 'id,name,price\n1,Größe,2.50\n2,Œuvre,3.75\n'.repeat(40);

function zipOf(entry: string): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50);
  header.writeUInt16LE(entry.length, 26);
  return Buffer.concat([header, Buffer.from(entry), randomBytes(200)]);
}

describe('foreignKind', () => {
  it.each([
    ['an Excel workbook (.xlsx)', zipOf('[Content_Types].xml')],
    ['an Excel workbook (.xlsx)', zipOf('xl/workbook.xml')],
    ['an Office document', zipOf('word/document.xml')],
    ['an OpenDocument spreadsheet (.ods)', zipOf('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
    ['a ZIP archive', zipOf('orders.csv')],
    ['an old Microsoft Office file (.xls, .doc)', Buffer.from('d0cf11e0a1b11ae10000', 'hex')],
    ['a PDF document', Buffer.from('%PDF-1.7\n%âãÏÓ')],
    ['a PNG image', Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
    ['an image, sound or video file', Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ', 'latin1')],
    ['a Parquet file', Buffer.from('PAR1\x15\x04\x15\x00', 'latin1')],
    ['a file compressed with Zstandard', Buffer.from('28b52ffd2000', 'hex')],
    ['a file compressed with bzip2', Buffer.from('BZh91AY&SY\x00\x01', 'latin1')],
    ['a tar archive', Buffer.concat([Buffer.from('orders.csv'.padEnd(257, '\0')), Buffer.from('ustar\x0000')])],
    ['a JSON document', Buffer.from('[\n  {"id": 1}\n]')],
    ['a JSON document', Buffer.from('{"id": 1}\n{"id": 2}\n')],
    ['an XML or HTML document', Buffer.from('\ufeff<?xml version="1.0"?><rows/>')],
    ['an XML or HTML document', Buffer.from('<!DOCTYPE html><title>Sign in</title>')],
    ['a binary file', randomBytes(4096)],
    ['a binary file', Buffer.alloc(4096)],
  ])('R24: recognises %s', (name, head) => {
    expect(foreignKind(head)?.name).toBe(name);
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'windows-1252', 'shift_jis', 'iso-2022-jp'])(
    'R24: lets text in %s pass',
    (encoding) => {
      const text = encoding.includes('jis') || encoding.includes('jp') ? '番号,名前\n1,東京\n'.repeat(40) : csv;
      const bytes =
        encoding === 'iso-2022-jp' ? Buffer.from('\x1b$BHV9f\x1b(B,a\n1,2\n', 'latin1') : iconv.encode(text, encoding);
      expect(foreignKind(bytes)).toBeUndefined();
    },
  );

  it.each([
    ['an empty file', ''],
    ['NUL characters in text', 'a,b\n1,\0\0\n'],
    ['fields separated by 0x01', 'a\x01b\x01c\n1\x012\x013\n'],
    ['a header that begins like an image', 'BMI,RIFF,PAR1\n1,2,3\n'],
    ['cells in brackets', '[id],[name]\n1,x\n'],
    ['cells in braces', '{a},{b}\n1,2\n'],
    ['old Macintosh newlines', 'a,b\r1,2\r'],
  ])('R24: lets %s pass', (_, text) => {
    expect(foreignKind(Buffer.from(text))).toBeUndefined();
  });

  it('takes gzip for what it is', () => {
    const compressed = gzipSync(csv);
    expect(isGzip(compressed)).toBe(true);
    expect(foreignKind(compressed)).toBeUndefined();
    expect(isGzip(Buffer.from(csv))).toBe(false);
  });
});
