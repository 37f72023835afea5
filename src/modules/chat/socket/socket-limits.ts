/** What a socket may do; the first four are told to its client in `welcome`. */
export const socketLimits = {
  /** Largest frame of a client, in bytes. */
  frameBytes: 65_536,
  /** Frames of a client within ten seconds, pings and pongs of the protocol among them. */
  framesPerTenSeconds: 200,
  /** Questions that wait for their turn in the socket's own conversation. */
  waitingQuestions: 10,
  /** Runs that a socket follows at the same time. */
  followedRuns: 50,
  /** Fragments that one frame may come in, and chunks of it that are kept until it is complete. */
  fragments: 64,
  /** Frames that wait for the ones before them; more are not read before. */
  waitingFrames: 16,
  /** Time to say `hello` in when the socket was opened without a token. */
  helloMs: 5_000,
  pingMs: 25_000,
  /** Unanswered pings after which a socket is given up. */
  missedPings: 2,
  /** Bytes that wait for a slow reader before the service stops reading ahead for it. */
  bufferedBytes: 262_144,
  /** How long a reader may let the service wait. */
  stallMs: 30_000,
  /** Time that a client gets to close its side. */
  closeMs: 2_000,
  /** How often the times above are looked at, for all sockets together. */
  sweepMs: 250,
} as const;
