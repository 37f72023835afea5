interface Unit {
  /** Units of one kind can be converted into each other. */
  readonly kind: string;
  /** How many of the kind's base unit it is. */
  readonly factor: number;
  /** Words of the columns that hold such amounts. */
  readonly concepts: readonly string[];
}

type Line = readonly [kind: string, factor: number, names: string];

const CONCEPTS: Readonly<Record<string, string>> = {
  mass: 'weight mass',
  length: 'length height distance width depth',
  time: 'duration length runtime time',
  money: 'price cost amount salary revenue income budget',
  share: 'percent percentage rate share',
  speed: 'speed velocity',
  age: 'age',
  temperature: 'temperature',
  area: 'area size',
  volume: 'volume capacity',
  energy: 'energy',
  power: 'power load',
};

const LINES: readonly Line[] = [
  ['mass', 1, 'g gram grams gramme grammes'],
  ['mass', 1000, 'kg kilo kilos kilogram kilograms'],
  ['mass', 453.59237, 'lb lbs pound pounds'],
  ['mass', 28.349523, 'oz ounce ounces'],
  ['mass', 1e6, 'tonne tonnes ton tons'],
  ['length', 1, 'mm millimeter millimeters millimetre millimetres'],
  ['length', 10, 'cm centimeter centimeters centimetre centimetres'],
  ['length', 1000, 'm meter meters metre metres'],
  ['length', 1e6, 'km kilometer kilometers kilometre kilometres'],
  ['length', 25.4, 'inch inches'],
  ['length', 304.8, 'ft foot feet'],
  ['length', 1_609_344, 'mi mile miles'],
  ['time', 1, 'sec secs second seconds'],
  ['time', 60, 'min mins minute minutes'],
  ['time', 3600, 'h hr hrs hour hours'],
  ['time', 86_400, 'days'],
  [
    'money',
    1,
    '$ € £ dollar dollars usd euro euros eur pound pounds gbp bucks quid chf franc francs cad aud nzd sek nok dkk kroner kronor pln zloty inr rupees jpy yen',
  ],
  ['share', 1, '% percent pct'],
  ['speed', 1, 'kmh kph'],
  ['speed', 1.609344, 'mph'],
  ['speed', 1.852, 'knot knots'],
  ['age', 1, 'years old'],
  ['temperature', 1, 'degrees celsius'],
  ['area', 1, 'sqm'],
  ['area', 0.09290304, 'sqft'],
  ['area', 4046.8564224, 'acre acres'],
  ['area', 10_000, 'ha hectare hectares'],
  ['volume', 1, 'l liter liters litre litres'],
  ['volume', 0.001, 'ml millilitre millilitres milliliter milliliters'],
  ['volume', 100, 'hl'],
  ['volume', 3.785411784, 'gallon gallons'],
  ['energy', 1, 'kwh'],
  ['energy', 1000, 'mwh'],
  ['power', 1, 'kw'],
];

const units = new Map<string, readonly Unit[]>();
for (const [kind, factor, names] of LINES) {
  const unit: Unit = { kind, factor, concepts: CONCEPTS[kind]!.split(' ') };
  for (const name of names.split(' ')) units.set(name, [...(units.get(name) ?? []), unit]);
}

/** What a word such as `kg` or `dollars` measures; more than one for `pounds`. */
export function unitNamed(word: string): readonly Unit[] | undefined {
  return units.get(word);
}

/** Whether a word writes a share of a hundred. */
export function isPercent(unit: string | undefined): boolean {
  return unit !== undefined && (units.get(unit) ?? []).some(({ kind }) => kind === 'share');
}

/** Whether a word is a currency. */
export function isMoney(unit: string | undefined): boolean {
  return unit !== undefined && (units.get(unit) ?? []).some(({ kind }) => kind === 'money');
}

/** Whether a unit measures goods, of which there may be much or little: `kg`, `litres`, `kwh`. */
export function isGoods(unit: string | undefined): boolean {
  return unit !== undefined && (units.get(unit) ?? []).some(({ kind }) => /^(?:mass|volume|energy)$/.test(kind));
}

/** Whether a word measures time. */
export function isTime(unit: string | undefined): boolean {
  return unit !== undefined && (units.get(unit) ?? []).some(({ kind }) => kind === 'time');
}

/** Whether a word says what a unit measures, where nothing else is measured in it: `energy` of `kwh`. */
export function isMeasuredIn(quantity: string, unit: string): boolean {
  return (units.get(unit) ?? []).some(
    ({ kind, concepts }) => (kind === 'energy' || kind === 'power') && concepts.includes(quantity),
  );
}

/** Whether two names are of one unit: `kilometres` and `km`. Currencies are not told apart, so they never are. */
export function areSameUnit(one: string, other: string): boolean {
  const others = units.get(other) ?? [];
  return (units.get(one) ?? []).some(
    ({ kind, factor }) => kind !== 'money' && others.some((each) => each.kind === kind && each.factor === factor),
  );
}

/** The amount in the column's unit where both units are known and of one kind; else as it is. */
export function convertUnit(value: number, from: string | undefined, to: string | undefined): number {
  const [source, target] = [units.get(from ?? '') ?? [], units.get(to ?? '') ?? []];
  for (const one of source) {
    const other = target.find(({ kind }) => kind === one.kind);
    if (other) return Number(((value * one.factor) / other.factor).toPrecision(12));
  }
  return value;
}

/** How many of the column's units a larger or smaller one is, where both are of one kind but not the same. */
export function unitsIn(name: string, unit: string): number | undefined {
  const own = (units.get(unit) ?? []).filter(({ kind }) => /^(?:mass|length|time|volume|energy)$/.test(kind));
  for (const { kind, factor } of units.get(name) ?? []) {
    const same = own.find((each) => each.kind === kind && each.factor !== factor);
    if (same) return Number((factor / same.factor).toPrecision(12));
  }
  return undefined;
}
