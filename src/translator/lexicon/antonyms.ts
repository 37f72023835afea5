import { root, stem } from '../text/stem.js';

/** Words that say of a yes-or-no column that it is not so. */
const PAIRS = `died survived,dead survived,perished survived,killed survived,dead alive,failed passed,inactive active,closed open,
  lost won,unpaid paid,single married,unmarried married,offline online,rejected approved,denied approved,absent present,
  unavailable available,disabled enabled,incomplete complete,incomplete completed,pending completed,stayed churned,retained churned,
  employed terminated,onsite remote,female male,invalid valid,unsubscribed subscribed,loss profit,fail pass,death survival,
  service decommissioned,operation decommissioned,operational decommissioned,active decommissioned,active discontinued,
  available discontinued,active retired`;

const opposites = new Map<string, Set<string>>();
for (const pair of PAIRS.split(',')) {
  const [one = '', other = ''] = pair.trim().split(' ');
  opposites.set(stem(one), (opposites.get(stem(one)) ?? new Set()).add(root(other)));
}

const LEAVING = new Set(['leav', 'quit', 'resign', 'exit', 'terminat', 'term', 'churn', 'lose'].map(root));

/** Whether a word says that somebody went for good, in whatever words. */
export function saysLeaving(wordRoot: string): boolean {
  return LEAVING.has(wordRoot);
}

/** Whether a word says that what the column is about did not happen: `unassigned` of `assigned_to`. */
export function isUndone(word: string, columnRoot: string): boolean {
  const done = /^(?:un|non)(.{4,})$/.exec(word)?.[1];
  return done !== undefined && root(done) === columnRoot;
}

const ONGOING = new Set(['active', 'current', 'ongoing', 'remaining', 'existing']);
const ENDED = new Set(
  [
    'cancel',
    'terminat',
    'term',
    'end',
    'leav',
    'clos',
    'churn',
    'quit',
    'resign',
    'exit',
    'retir',
    'deactivat',
    'stop',
  ].map(root),
);

/** Whether a word says that what a column dates has not happened yet: `active` of `cancelled_on`. */
export function isOngoing(word: string, columnRoot: string): boolean {
  return ONGOING.has(word) && ENDED.has(columnRoot);
}

/** Whether a word denies what a word of a column's name says: `died` of `survived`, `unpaid` of `paid`. */
export function denies(word: string, columnRoot: string): boolean {
  if (opposites.get(stem(word))?.has(columnRoot)) return true;
  const positive = /^(?:in|dis)(.{4,})$/.exec(word)?.[1];
  return isUndone(word, columnRoot) || (positive !== undefined && root(positive) === columnRoot);
}
