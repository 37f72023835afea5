/** A page that a search has found. */
export interface SearchResult {
  readonly title: string;
  readonly url: string;
  readonly snippet: string;
}

const maximumResults = 8;
const longestTitle = 200;
const longestSnippet = 500;

/** The pages in an answer in the form of SearXNG (`results`) or Brave (`web.results`); undefined for any other form. */
export function searchResults(answer: unknown): SearchResult[] | undefined {
  const { results, web } = (answer ?? {}) as { results?: unknown; web?: { results?: unknown } };
  const found = results ?? web?.results;
  return Array.isArray(found) ? found.flatMap(resultOf).slice(0, maximumResults) : undefined;
}

function resultOf(entry: unknown): SearchResult[] {
  const { title, url, content, description } = (entry ?? {}) as Record<string, unknown>;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) return [];
  const snippet = plain(content ?? description, longestSnippet);
  return [{ title: plain(title, longestTitle), url: url.slice(0, 2000), snippet }];
}

/** On one line and without tags, which mark the words that were found. */
function plain(text: unknown, maximum: number): string {
  if (typeof text !== 'string') return '';
  return text
    .slice(0, 10 * maximum)
    .replaceAll(/<\/?[A-Za-z][^<>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, maximum);
}
