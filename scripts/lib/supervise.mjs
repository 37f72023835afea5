import { spawn } from 'node:child_process';
import { root } from './prepare.mjs';

const orphanCheckMs = 500;

/**
 * Runs a long-lived command as if it were this process: signals are passed on, its exit code is ours. npm does not pass
 * signals on when it is itself ended, so this process also stops its child when its parent is gone.
 */
export function supervise(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  const parent = process.ppid;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, orphanCheckMs).unref();
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)));
}
