import { existsSync } from 'node:fs';

/** Hard limits that the operating system puts on a worker process. */
export interface ProcessLimits {
  /** Private writable memory. Not the address space: V8 reserves tens of gigabytes of that without using them. */
  readonly dataMegabytes: number;
  /** Size of any one file it writes. */
  readonly fileMegabytes?: number | undefined;
}

const MEBIBYTE = 1024 * 1024;
const SHELL = '/bin/sh';
const prlimit = ['/usr/bin/prlimit', '/bin/prlimit'].find((path) => existsSync(path)) ?? null;

/**
 * The command line that runs `node` under the limits: through `prlimit` of util-linux where there is one, through the
 * shell's `ulimit` otherwise. Both replace themselves by node, so the child's process id is node's.
 */
export function limitedCommand(
  limits: ProcessLimits,
  node: string,
  args: readonly string[],
  launcher: string | null = prlimit,
): [string, string[]] {
  if (!launcher) return [SHELL, ['-c', script(limits), node, ...args]];
  return [launcher, [...prlimitOptions(limits), node, ...args]];
}

function prlimitOptions({ dataMegabytes, fileMegabytes }: ProcessLimits): string[] {
  const options = [`--data=${dataMegabytes * MEBIBYTE}`, '--core=0'];
  return fileMegabytes ? [...options, `--fsize=${fileMegabytes * MEBIBYTE}`] : options;
}

/** `ulimit` counts memory in KiB, and files in blocks of 512 bytes. A limit that the system does not know is left out. */
function script({ dataMegabytes, fileMegabytes }: ProcessLimits): string {
  const file = fileMegabytes ? `ulimit -f ${fileMegabytes * 2048};` : '';
  return `ulimit -d ${dataMegabytes * 1024} 2>/dev/null; ulimit -c 0; ${file} exec "$0" "$@"`;
}
