interface Found {
  readonly quote: {
    readonly text: string;
    readonly highlights: readonly { readonly start: number; readonly end: number }[];
  };
  readonly why: { readonly words: readonly string[] };
}

/**
 * The words for which something was found, as they stand in its quote. They are compared by their beginnings ("warehous"),
 * so one that the quote has not is shown as one.
 */
export function wordsOf({ quote, why }: Found): string[] {
  const standing = new Map<string, string>();
  for (const { start, end } of quote.highlights) {
    const word = quote.text.slice(start, end);
    standing.set(word.toLowerCase(), standing.get(word.toLowerCase()) ?? word);
  }
  const beginnings = why.words.filter((word) => ![...standing.keys()].some((each) => each.startsWith(word)));
  return [...standing.values(), ...beginnings.map((word) => `${word}…`)];
}
