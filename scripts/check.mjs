// npm run check: everything besides the tests that must hold before a change lands.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { build, buildWeb, install, node, root } from './lib/prepare.mjs';

// Once, before checks that need it run side by side.
install();
build();
buildWeb();

const bin = 'node_modules/.bin';
const checks = [
  ['image', node(), ['scripts/check-image.mjs']],
  ['Terraform', node(), ['scripts/check-terraform.mjs']],
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
  ['workflows', node(), ['scripts/check-workflows.mjs']],
  ['rules of manifests', node(), ['--test', 'scripts/k8s/rules.test.mjs']],
  ['Kubernetes', node(), ['scripts/check-k8s.mjs']],
];

/** The status of a check that lacks what it needs on this machine. */
const skippedStatus = 77;

/** The slow ones first; most of them keep one processor busy. */
const atOnce = 2;

const counts = { passed: 0, failed: 0, skipped: 0 };
const waiting = [...checks];
await Promise.all(Array.from({ length: atOnce }, work));
console.log(`checks: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) await run(check);
}

async function run([name, command, args]) {
  const began = Date.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const outcome = status === 0 ? 'passed' : status === skippedStatus ? 'skipped' : 'failed';
  counts[outcome] += 1;
  const label = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' }[outcome];
  console.log(`${label} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (outcome !== 'passed') console.log(`${output}${errors}`.trim());
}
