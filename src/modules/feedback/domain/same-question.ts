import { foldText } from '../../../platform/text/fold-text.js';

/** Words that a question may have or not have without meaning anything else. */
const fillers = new Set(
  'a an the please pls can could would you me us tell show give find get is are was were do does did there of what which'.split(
    ' ',
  ),
);

/** Words that begin a part of a question which may stand at another place. */
const prepositions = new Set(
  'in on at by from to for with without per during since until into within under above'.split(' '),
);

/** Words around which places matter: "A than B" is not "B than A". */
const connecting = new Set(
  'than versus vs and or but not no except minus plus over before after between against compared if when while who that where as'.split(
    ' ',
  ),
);

/** A question without case, accents, surplus spaces and the punctuation around its words. */
export function normalizedQuestion(question: string): string {
  return words(question).join(' ');
}

/**
 * Whether two questions ask for the same: the same words but for fillers, and in the same order, except that parts such
 * as "in 2023" and "by city" may be exchanged where nothing depends on their places. It would rather not know.
 */
export function asksTheSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((each) => words(each).filter((word) => !fillers.has(word))) as [
    string[],
    string[],
  ];
  if (first.length === 0) return false;
  if (first.join(' ') === second.join(' ')) return true;
  if (first.length !== second.length || !isExchangeable(first)) return false;
  const [left, right] = [parted(first), parted(second)];
  return left.core.join(' ') === right.core.join(' ') && left.parts.sort().join() === right.parts.sort().join();
}

function words(question: string): string[] {
  return foldText(question)
    .split(' ')
    .map((word) => word.replace(/^[.,;:!?¿¡"'“”‘’«»()[\]]+|[.,;:!?"'“”‘’«»()[\]]+$/gu, ''))
    .filter((word) => word !== '');
}

/** Nothing that says which part goes with which, and no two parts that could be taken for each other. */
function isExchangeable(question: readonly string[]): boolean {
  const beginnings = question.filter((word) => prepositions.has(word));
  return !question.some((word) => connecting.has(word)) && new Set(beginnings).size === beginnings.length;
}

/** The parts that begin with a preposition, each with the word after it, and the words that are left. */
function parted(question: readonly string[]): { core: string[]; parts: string[] } {
  const core: string[] = [];
  const parts: string[] = [];
  for (let index = 0; index < question.length; index += 1) {
    const word = question[index]!;
    if (prepositions.has(word)) parts.push(`${word} ${question[(index += 1)] ?? ''}`);
    else core.push(word);
  }
  return { core, parts };
}
