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
  [
    'lint',
    `${bin}/oxlint`,
    ['--type-aware', '--deny-warnings', 'src', 'web/src', 'test', 'bench', 'scripts', 'docker'],
  ],
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
  ['Terraform', node(), ['scripts/check-terraform.mjs']],
  ['workflows', node(), ['scripts/check-workflows.mjs']],
  ['rules of manifests', node(), ['--test', 'scripts/k8s/rules.test.mjs']],
  ['Kubernetes', node(), ['scripts/check-k8s.mjs']],
  ['image', node(), ['scripts/check-image.mjs']],
];

/** The status of a check that lacks what it needs on this machine. */
const skippedStatus = 77;

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const [name, command, args] of checks) {
  const began = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  const outcome = status === 0 ? 'passed' : status === skippedStatus ? 'skipped' : 'failed';
  counts[outcome] += 1;
  const label = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' }[outcome];
  console.log(`${label} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (outcome !== 'passed') console.log(`${stdout}${stderr}`.trim());
}
console.log(`checks: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);
