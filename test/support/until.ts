/** Time between two questions, in milliseconds: a twentieth of what has been waited for so far, within these. */
const [shortestPauseMs, longestPauseMs] = [5, 25];

/**
 * Asks again every few milliseconds until the answer is truthy, and returns it. It is patient, since who runs the tests may
 * share a slow machine with many: how soon something has to be so is for the test to say.
 */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  patienceMs = 60_000,
): Promise<Exclude<Answer, undefined | false>> {
  const began = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer) return answer as Exclude<Answer, undefined | false>;
    const waitedMs = performance.now() - began;
    if (waitedMs > patienceMs) throw new Error(`Not so after ${patienceMs} ms: ${ask.toString()}`);
    // Who asks often keeps those busy whom it waits for.
    const pauseMs = Math.min(Math.max(waitedMs / 20, shortestPauseMs), longestPauseMs);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
