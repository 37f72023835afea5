import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { previewCsv } from '../../../csv/preview.js';
import { renderPreview, storePreview } from './stored-preview.js';

const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.integer().map(String));
const table = fc.array(fc.tuple(cell, cell), { maxLength: 30 });

function previewOf(rows: readonly (readonly string[])[]) {
  const lines = [['first', 'second'], ...rows].map((row) =>
    row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
  );
  return previewCsv(Buffer.from(lines.join('\n')), { complete: true });
}

describe('a stored preview', () => {
  it('is rendered as the preview it was made of, cut to the limit', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 40 }), (rows, limit) => {
        const preview = previewOf(rows);
        const { body } = renderPreview(storePreview(preview), limit);
        const expected = preview.rows.slice(0, limit);
        expect(JSON.parse(body)).toEqual(
          JSON.parse(
            JSON.stringify({
              ...preview,
              lines: preview.lines.slice(0, limit),
              rows: expected,
              row_count: expected.length,
              truncated: limit < preview.row_count,
            }),
          ),
        );
      }),
    );
  });

  it('has a tag that changes with its content and with the number of rows shown', () => {
    const stored = storePreview(
      previewOf([
        ['a', '1'],
        ['b', '2'],
      ]),
    );
    const other = storePreview(
      previewOf([
        ['a', '1'],
        ['b', '3'],
      ]),
    );
    expect(stored.etag).toMatch(/^"[\w-]{22}"$/);
    expect(other.etag).not.toBe(stored.etag);
    expect(renderPreview(stored, 100).etag).toBe(stored.etag);
    expect(renderPreview(stored, 1).etag).toBe(stored.etag.replace(/"$/, '-1"'));
  });
});
