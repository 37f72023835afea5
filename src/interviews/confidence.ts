import type { Confidence, Interview, Meaning } from './analysis.js';
import { supportOf } from './support.js';

/** Of one voice, and of one interview, nothing is more than likely. */
const most = { oneSpeaker: 0.55, oneInterview: 0.7 };
const levels = { high: 0.75, medium: 0.4 };

/**
 * How far what was found can be relied on: by how many statements, people and interviews say so, less what speaks
 * against it. Counted, whoever wrote the claim.
 */
export function confidenceOf(
  evidenceFor: readonly Meaning[],
  evidenceAgainst: readonly Meaning[],
  interviews: readonly Interview[],
): Confidence {
  const { meanings, chunks, speakers, interviews: among } = supportOf(evidenceFor);
  const strength = 0.3 * (chunks - 1) + 0.6 * (speakers - 1) + 0.6 * (among - 1);
  const share = meanings / Math.max(1, meanings + evidenceAgainst.length);
  const cap = speakers < 2 ? most.oneSpeaker : among < 2 ? most.oneInterview : 1;
  const score = meanings === 0 ? 0 : Math.min(cap, (1 - 1 / (1.3 + strength)) * share);
  const level = score >= levels.high ? 'high' : score >= levels.medium ? 'medium' : 'low';
  const against = evidenceAgainst.length === 0 ? 'nothing against it' : `${evidenceAgainst.length} against it`;
  const said = `${count(meanings, 'statement')} by ${count(speakers, 'speaker')} in ${among} of ${count(interviews.length, 'interview')}`;
  return { level, score: Math.round(score * 100) / 100, reason: `${said}, ${against}` };
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
