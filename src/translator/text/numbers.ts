const WORDS = new Map<string, number>(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty`
    .split(/\s+/)
    .map((word, value) => [word, value] as const),
);
for (const [index, word] of 'thirty forty fifty sixty seventy eighty ninety'.split(' ').entries()) {
  WORDS.set(word, 30 + 10 * index);
}
WORDS.set('dozen', 12);

const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  k: 1e3,
  mio: 1e6,
  mn: 1e6,
  bn: 1e9,
};

/** What `million` or `k` multiplies by. */
export function scaleNamed(word: string): number | undefined {
  return Object.hasOwn(SCALES, word) ? SCALES[word] : undefined;
}

const ORDINALS = new Map<string, number>(
  'first second third fourth fifth sixth seventh eighth ninth tenth'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);

export interface NumberFound {
  readonly value: number;
  /** Words that it takes. */
  readonly length: number;
}

/** The number that the words begin with: `4,000`, `100k`, `2 million`, `twenty five`, `a dozen`. */
export function readNumber(words: readonly string[]): NumberFound | undefined {
  const [first = '', second = ''] = words;
  if (first === 'a' && (second === 'dozen' || SCALES[second])) return scaled(second === 'dozen' ? 12 : 1, words, 1);
  const value = digits(first) ?? WORDS.get(first);
  if (value === undefined) return undefined;
  const unit = WORDS.get(second);
  const both = value >= 20 && value < 100 && !digits(first) && unit !== undefined && unit < 10;
  return both ? scaled(value + unit, words, 2) : scaled(value, words, 1);
}

/** `first`, `2nd` → 1, 2. */
export function readOrdinal(word: string): number | undefined {
  const match = /^(\d+)(?:st|nd|rd|th)$/.exec(word);
  return match ? Number(match[1]) : ORDINALS.get(word);
}

function scaled(value: number, words: readonly string[], length: number): NumberFound {
  const word = words[length] ?? '';
  if (word === 'dozen' && value === 12) return { value, length: length + 1 };
  const scale = Object.hasOwn(SCALES, word) ? SCALES[word] : word === 'dozen' ? 12 : undefined;
  return scale === undefined ? { value, length } : scaled(value * scale, words, length + 1);
}

function digits(word: string): number | undefined {
  const match = /^([+-]?\d[\d,]*(?:\.\d+)?)(k|m|mn|bn|b)?$/.exec(word);
  if (!match) return undefined;
  const scale = { k: 1e3, m: 1e6, mn: 1e6, b: 1e9, bn: 1e9 }[match[2] ?? ''] ?? 1;
  return Number(match[1]!.replaceAll(',', '')) * scale;
}
