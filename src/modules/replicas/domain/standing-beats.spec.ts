import { expect, it } from '@jest/globals';
import { StandingBeats } from './standing-beats.js';

it('finds what has stood still for as long as it was watched', () => {
  const beats = new StandingBeats(100);
  const [a0, a1, b0] = [
    { replica_id: 'a', beat: 0 },
    { replica_id: 'a', beat: 1 },
    { replica_id: 'b', beat: 0 },
  ];
  expect(beats.standing([a0, b0], 1_000)).toEqual([]);
  expect(beats.standing([a0, b0], 1_099)).toEqual([]);
  expect(beats.standing([a1, b0], 1_100)).toEqual([b0]);
  expect(beats.standing([a1], 1_200)).toEqual([a1]);
  expect(beats.standing([b0], 1_300)).toEqual([]);
});
