import type { Times, Transcript } from './analysis.js';

/** When a part of an interview is said: where the turn's times are known, by where in its text it stands. */
export function timesAt({ turns }: Pick<Transcript, 'turns'>, start: number, end: number): Times {
  const turn = turns.find((each) => each.start <= start && each.end >= end);
  if (turn?.from_ms === undefined) return {};
  if (turn.to_ms === undefined) return { from_ms: turn.from_ms };
  const { from_ms: from, to_ms: to } = turn;
  const length = Math.max(1, turn.end - turn.start);
  const at = (offset: number) => Math.round(from + ((to - from) * (offset - turn.start)) / length);
  return { from_ms: at(start), to_ms: at(end) };
}
