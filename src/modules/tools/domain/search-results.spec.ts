import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchResults } from './search-results.js';

describe('searchResults', () => {
  it('reads the answers of SearXNG and of Brave', () => {
    const page = { title: 'Lisbon', url: 'https://x.example/', snippet: 'A city in Portugal' };
    const { title, url, snippet } = page;
    expect(searchResults({ query: 'q', results: [{ title, url, content: snippet, engine: 'x' }] })).toEqual([page]);
    const description = 'A <strong class="hit">city</strong>\n in  Portugal';
    expect(searchResults({ web: { results: [{ title, url, description }] } })).toEqual([page]);
    expect(searchResults({ results: [] })).toEqual([]);
  });

  it.each([null, 'x', [], {}, { results: {} }, { web: [] }])('knows no form of %j', (answer) => {
    expect(searchResults(answer)).toBeUndefined();
  });

  it('R54: gives at most 8 pages of the web, short, on one line', () => {
    const entry = fc.oneof(
      fc.jsonValue(),
      fc.record({
        title: fc.string(),
        url: fc.oneof(fc.webUrl(), fc.constant('javascript:alert(1)')),
        content: fc.string(),
      }),
      fc.constant({ title: 'x'.repeat(9999), url: 'https://x.example', content: '<'.repeat(99_999) }),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (results) => {
        const found = searchResults({ results })!;
        expect(found.length).toBeLessThanOrEqual(8);
        for (const { title, url, snippet } of found) {
          expect(url).toMatch(/^https?:/);
          expect(title + snippet).not.toMatch(/[\n\r\t]/);
          expect(title.length + snippet.length).toBeLessThanOrEqual(700);
        }
      }),
    );
  });
});
