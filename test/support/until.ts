/**
 * Asks again every few milliseconds until the answer is truthy, and returns it. It is patient, since who runs the tests may
 * share a slow machine with many: how soon something has to be so is for the test to say.
 */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  patienceMs = 60_000,
): Promise<Exclude<Answer, undefined | false>> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer as Exclude<Answer, undefined | false>;
    if (performance.now() > deadline) throw new Error(`Not so after ${patienceMs} ms: ${ask.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
