/** What a socket may do; told to its client in `welcome`. */
export const socketLimits = {
  /** Largest frame of a client, in bytes. */
  frameBytes: 65_536,
  /** Fragments that one frame may come in. */
  fragments: 64,
  /** Time to say `hello` in when the socket was opened without a token. */
  helloMs: 5_000,
  pingMs: 25_000,
  /** Unanswered pings after which a socket is given up. */
  missedPings: 2,
  /** Frames of a client within ten seconds. */
  framesPerTenSeconds: 200,
  /** Questions that wait for their turn in the socket's own conversation. */
  waitingQuestions: 10,
  /** Runs that a socket follows at the same time. */
  followedRuns: 50,
  /** Bytes that wait for a slow reader before the service stops reading ahead for it. */
  bufferedBytes: 262_144,
  /** How long a reader may let the service wait. */
  stallMs: 30_000,
} as const;
