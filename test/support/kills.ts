import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How many times the kill tests kill; `KILLS=1000` for the long run, and `KILLS=all` where there is an end to it. */
export function numberOfKills(usually: number, all = usually): number {
  const { KILLS: kills } = process.env;
  return kills === 'all' ? all : Number(kills ?? usually);
}

/** When to kill a child: so long after it has written so many lines. Counting lines keeps a slow machine from killing idle children. */
export interface Kill {
  readonly afterLines: number;
  readonly delayMs: number;
}

export interface ChildRun {
  /** What it wrote in whole lines before it ended. */
  readonly lines: readonly string[];
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly errors: string;
}

/** Runs a program of `test/support/children` to its end, or kills it with SIGKILL. */
export async function runChild(program: string, args: readonly string[], kill?: Kill): Promise<ChildRun> {
  const path = fileURLToPath(new URL(`./children/${program}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = () => output.split('\n').slice(0, -1);
  let output = '';
  let errors = '';
  let timer: NodeJS.Timeout | undefined;
  const killWhenTime = () => {
    if (kill && lines().length >= kill.afterLines) timer ??= setTimeout(() => child.kill('SIGKILL'), kill.delayMs);
  };
  killWhenTime();
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    killWhenTime();
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { lines: lines(), exitCode, errors };
}

/** Kills the program at random moments of its work, one time in five while it still starts. Returns all that it wrote. */
export async function killAgainAndAgain(
  program: string,
  args: (kill: number) => readonly string[],
  kills: number,
  afterEach: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    const whileStarting = { afterLines: 0, delayMs: Math.random() * 300 };
    const atWork = { afterLines: 1 + Math.floor(Math.random() * 10), delayMs: Math.random() * 20 };
    const run = await runChild(program, args(kill), kill % 5 === 0 ? whileStarting : atWork);
    if (run.errors !== '') throw new Error(`${program} failed: ${run.errors}`);
    lines.push(...run.lines);
    await afterEach();
  }
  return lines;
}
