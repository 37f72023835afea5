import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanFileName } from './file-name.js';

const clean = (name: string) => cleanFileName(name, 'upload.csv');

describe('cleanFileName', () => {
  it.each([
    ['orders.csv', 'orders.csv'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\orders.csv', 'orders.csv'],
    ['/', 'upload.csv'],
    ['..', 'upload.csv'],
    ['', 'upload.csv'],
    ['  \t ', 'upload.csv'],
    ['a\u0000b\r\nSet-Cookie: x.csv', 'abSet-Cookie: x.csv'],
    ['invoice\u202evsc.exe', 'invoicevsc.exe'],
    ['Größe – été.csv', 'Größe – été.csv'],
    ['<img src=x onerror=alert(1)>.csv', '<img src=x onerror=alert(1)>.csv'],
    ['a'.repeat(300) + '.csv.gz', 'a'.repeat(248) + '.csv.gz'],
  ])('R24: shows %j as %j', (given, shown) => {
    expect(clean(given)).toBe(shown);
  });

  it('R24: gives a short, visible, well-formed name without path for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (given) => {
        const name = clean(given);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/[\p{Cc}\\/\u202a-\u202e]/u);
        expect(Buffer.from(name).toString()).toBe(name);
        expect(clean(name)).toBe(name);
      }),
    );
  });
});
