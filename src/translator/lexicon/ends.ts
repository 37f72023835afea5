const ENDS: Readonly<Record<string, 'high' | 'low'>> = {
  high: 'high',
  max: 'high',
  maximum: 'high',
  low: 'low',
  min: 'low',
  minimum: 'low',
};

/** The end of a scale that a word of a name means: the `high temperature` of a day is its `temp_max`. */
export function endNamed(word: string): 'high' | 'low' | undefined {
  return Object.hasOwn(ENDS, word) ? ENDS[word] : undefined;
}
