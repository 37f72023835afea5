import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { limitedCommand } from './limits.js';

describe('limitedCommand', () => {
  const limits = { dataMegabytes: 700, fileMegabytes: 3 };
  const report = `process.stdout.write(process.pid + ' ' + require('node:fs').readFileSync('/proc/self/limits', 'utf8'))`;

  it.each([
    ['prlimit', undefined],
    ['the shell', null],
  ])('sets the same limits through %s, and the process is node itself', (_, launcher) => {
    const [command, args] = limitedCommand(limits, process.execPath, ['-e', report], launcher);
    const { stdout, pid } = spawnSync(command, args, { encoding: 'utf8', env: {} });
    expect(stdout).toMatch(new RegExp(`^${pid} `));
    expect(stdout).toMatch(new RegExp(`Max data size +${700 * 1024 * 1024} `));
    expect(stdout).toMatch(new RegExp(`Max file size +${3 * 1024 * 1024} `));
    expect(stdout).toMatch(/Max core file size +0 /);
  });
});
