/**
 * Interleaved rounds (A B B A, …) of two workloads. Each round gives the median of its repetitions; the answer is the
 * median over the rounds of each side, in milliseconds. What a workload returns, if it is a function, cleans up untimed. The machine's moods then fall on both sides alike.
 */
export async function interleaved(ours, base, { rounds = 6, repetitions = 1 } = {}) {
  await medianTime(ours, 1);
  await medianTime(base, 1);
  const times = { ours: [], base: [] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? ['ours', 'base'] : ['base', 'ours'];
    for (const side of order) times[side].push(await medianTime(side === 'ours' ? ours : base, repetitions));
  }
  return { ours: median(times.ours), base: median(times.base) };
}

async function medianTime(work, repetitions) {
  const times = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const began = performance.now();
    const cleanUp = await work();
    times.push(performance.now() - began);
    if (typeof cleanUp === 'function') await cleanUp();
  }
  return median(times);
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints one honest line for one goal and returns whether it was reached. `limit` is the greatest (or least) ratio allowed. */
export function report({ name, ours, base, unit = 'ms', limit, least = false, ratio = ours / base, note = '' }) {
  const passed = least ? ratio >= limit : ratio <= limit;
  const goal = `${least ? '>=' : '<='} ${limit}`;
  console.log(
    `${name.padEnd(46)} ours ${figure(ours)} ${unit}  base ${figure(base)} ${unit}  ratio ${ratio.toFixed(3)}  goal ${goal}  ${passed ? 'PASS' : 'FAIL'}${note && `  (${note})`}`,
  );
  return passed;
}

function figure(value) {
  return (value >= 100 ? value.toFixed(0) : value.toPrecision(3)).padStart(8);
}
