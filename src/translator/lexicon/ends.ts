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

const BAD = new Set(
  `late lateness delay delays delayed wait waiting downtime outage error errors defect defects fault faults failure failures loss
  losses waste wasted scrap damage damages complaint complaints injury injuries death deaths casualties overdue debt crime crimes
  incident incidents accident accidents violations absences mistakes noise pollution discarded spoiled spoilt rejected returned leftover leftovers surplus`.split(
    /\s+/,
  ),
);

/** Whether more of it is worse: the worst delay is the longest. */
export function isBad(word: string): boolean {
  return BAD.has(word);
}
