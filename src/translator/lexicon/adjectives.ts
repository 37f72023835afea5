import { stem } from '../text/stem.js';

/** What an adjective says of a column: which kinds of columns it speaks of and which end it means. */
export interface Adjective {
  /** Words of the columns that it may speak of; the first that a table has is meant. */
  readonly concepts: readonly string[];
  readonly high: boolean;
  /** For a column that holds the date when something began, where the old come first. */
  readonly dates?: 'early' | 'late' | undefined;
}

type Line = readonly [words: string, concepts: string, opposites: string, dates?: 'early' | 'late'];

/** Adjectives of one end, the columns they speak of, and adjectives of the other end. */
const LINES: readonly Line[] = [
  ['heavy massive', 'weight mass', 'light lightweight'],
  ['tall', 'height', 'short'],
  ['high', 'elevation altitude height', 'low'],
  ['long', 'length duration runtime distance pages', 'short brief'],
  [
    'big large great huge',
    'size area population capacity volume employees amount amt total value',
    'small little tiny',
  ],
  ['old', 'age birth founded built year date', 'young', 'early'],
  ['late recent new', 'date year time', 'early', 'late'],
  ['expensive costly pricey dear', 'price cost fare rate fee rent charge', 'cheap inexpensive affordable'],
  ['rich wealthy', 'income wealth gdp worth', 'poor'],
  ['fast quick', 'speed velocity', 'slow'],
  ['slow lengthy', 'duration runtime minutes', 'fast quick'],
  ['hot warm', 'temperature', 'cold cool'],
  ['deep', 'depth', 'shallow'],
  ['wide broad', 'width', 'narrow'],
  ['strong powerful', 'power horsepower strength magnitude', 'weak'],
  ['windy', 'wind', 'calm'],
  ['wet rainy', 'precipitation rain', 'dry'],
  ['humid', 'humidity', 'arid'],
  ['populous populated', 'population', 'unpopulated'],
  ['profitable lucrative', 'profit margin', 'unprofitable'],
  ['far distant', 'distance', 'near close'],
  ['dense', 'density', 'sparse'],
  ['good', 'rating score', 'bad'],
  ['efficient economical', 'efficiency mpg', 'inefficient'],
  ['bright', 'brightness magnitude luminosity', 'dim'],
  ['experienced', 'experience', 'inexperienced'],
  ['popular', 'popularity votes views followers downloads ratings', 'unpopular'],
  ['fat', 'weight', 'slim'],
  ['northern north', 'latitude', 'southern south'],
  ['eastern east', 'longitude', 'western west'],
  ['noisy loud', 'noise loudness', 'quiet silent'],
  ['deadly lethal fatal', 'deaths fatalities killed', 'harmless'],
  ['steep', 'slope gradient', 'flat'],
  ['bright', 'brightness', 'dark'],
  ['salty', 'salinity salt', 'fresh'],
  ['risky', 'risk', 'safe'],
  ['happy satisfied pleased content', 'satisfaction nps csat rating stars score', 'unhappy dissatisfied angry upset'],
  ['late tardy', 'late lateness delay', 'punctual'],
  ['busy crowded', 'visitors visits attendance traffic occupancy passengers', 'quiet empty'],
  ['clean', 'hygiene cleanliness', 'dirty'],
  ['thick', 'pages thickness diameter', 'thin'],
  ['sweet', 'sugar sweetness', 'sour'],
  ['valuable precious pricey', 'value price worth', 'worthless'],
  ['generous', 'donation gift tip amount', 'stingy'],
  ['strict', 'grade score', 'lenient'],
  ['full', 'occupancy load passengers attendance', 'empty'],
  ['severe serious', 'severity seriousness', 'mild'],
];

const IRREGULAR: Readonly<Record<string, readonly [string, string]>> = {
  good: ['better', 'best'],
  bad: ['worse', 'worst'],
  far: ['further', 'furthest'],
  late: ['later', 'latest'],
  northern: ['north', 'northernmost'],
  southern: ['south', 'southernmost'],
  eastern: ['east', 'easternmost'],
  western: ['west', 'westernmost'],
};

export type Degree = 'positive' | 'comparative' | 'superlative';

export interface AdjectiveForm extends Adjective {
  readonly degree: Degree;
}

const forms = new Map<string, AdjectiveForm[]>();
for (const [words, concepts, opposites, dates] of LINES) {
  const about = concepts.split(' ');
  const other = dates === 'early' ? 'late' : dates === 'late' ? 'early' : undefined;
  for (const word of words.split(' ')) addForms(word, { concepts: about, high: true, dates });
  for (const word of opposites.split(' ')) addForms(word, { concepts: about, high: false, dates: other });
}

function addForms(word: string, adjective: Adjective): void {
  const [comparative, superlative] = IRREGULAR[word] ?? [inflected(word, 'er'), inflected(word, 'est')];
  add(word, { ...adjective, degree: 'positive' });
  add(comparative, { ...adjective, degree: 'comparative' });
  add(superlative, { ...adjective, degree: 'superlative' });
}

function add(word: string, form: AdjectiveForm): void {
  forms.set(word, [...(forms.get(word) ?? []), form]);
}

function inflected(word: string, ending: string): string {
  if (word.endsWith('ey')) return `${word.slice(0, -2)}i${ending}`;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}i${ending}`;
  if (word.endsWith('e')) return word + ending.slice(1);
  return /^[^aeiou]*[aeiou][bdgmnt]$/.test(word) ? word + word.at(-1)! + ending : word + ending;
}

/** What the word says as an adjective; several readings for words such as `short`. */
export function adjectives(word: string): readonly AdjectiveForm[] {
  return forms.get(word) ?? [];
}

/** Stems of the words of the columns that an adjective may speak of. */
export function conceptStems({ concepts }: Adjective): readonly string[] {
  return concepts.map(stem);
}
