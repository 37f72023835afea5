// npm run check: everything besides the tests that must hold before a change lands.
import { spawnSync } from 'node:child_process';
import { build, install, node, root } from './lib/prepare.mjs';

install();
build();

const bin = 'node_modules/.bin';
const checks = [
  ['types', `${bin}/tsc`, ['--noEmit']],
  ['types of the web page', `${bin}/tsc`, ['--noEmit', '-p', 'web']],
  ['types of the browser tests', `${bin}/tsc`, ['--noEmit', '-p', 'test/web']],
  ['lint', `${bin}/oxlint`, ['--type-aware', '--deny-warnings', 'src', 'web/src', 'test', 'bench', 'scripts']],
  ['format', `${bin}/prettier`, ['--check', '--log-level=warn', '.']],
  ['module boundaries', `${bin}/depcruise`, ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err']],
  [
    'web boundaries',
    `${bin}/depcruise`,
    ['web/src', '--config', 'web/.dependency-cruiser.cjs', '--output-type', 'err'],
  ],
  ['dead code', `${bin}/knip`, []],
  ['generated files', node(), ['scripts/generate.mjs', '--check']],
  ['generated metadata', 'git', ['diff', '--exit-code', '--stat', '--', 'src/metadata.ts']],
  ['OpenAPI document', node(), ['scripts/check-openapi.mjs']],
  ['script that pages load', node(), ['scripts/web-budget.mjs']],
  ['lock file', node(), ['scripts/check-lock.mjs']],
];

let failed = 0;
for (const [name, command, args] of checks) {
  const began = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  const passed = status === 0;
  if (!passed) failed += 1;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (!passed) console.log(`${stdout}${stderr}`.trim());
}
console.log(`checks: ${checks.length - failed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
