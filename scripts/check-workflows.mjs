// The workflows name exact versions of actions, ask for no more than they need, end at some time, and run scripts that exist.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './lib/prepare.mjs';

const folder = join(root, '.github/workflows');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const faults = readdirSync(folder).flatMap((file) => {
  const workflow = parse(readFileSync(join(folder, file), 'utf8'));
  return faultsOf(workflow).map((fault) => `${file}: ${fault}`);
});
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}

function faultsOf({ permissions, jobs }) {
  const faults = [];
  if (JSON.stringify(permissions) !== '{"contents":"read"}') faults.push('permissions must be contents: read');
  for (const [name, job] of Object.entries(jobs)) {
    if (!job['timeout-minutes']) faults.push(`${name} has no timeout-minutes`);
    if (job.permissions?.['id-token'] && !job.environment)
      faults.push(`${name} gets an identity outside an environment`);
    if (/latest/.test(job['runs-on'])) faults.push(`${name} runs on a system that will change`);
    for (const step of job.steps) faults.push(...faultsOfStep(step));
  }
  return faults;
}

function faultsOfStep({ uses, run = '', ...rest }) {
  const faults = [];
  if (uses && !/@[0-9a-f]{40}$/.test(uses)) faults.push(`${uses} is not pinned to a commit`);
  if (/\$\{\{\s*secrets\./.test(JSON.stringify(rest) + run)) faults.push('no secret is needed');
  for (const [, script] of run.matchAll(/npm run (\S+)/g)) {
    if (!scripts[script]) faults.push(`there is no npm run ${script}`);
  }
  for (const [, path] of run.matchAll(/node (\S+\.mjs)/g)) {
    if (!existsSync(join(root, path))) faults.push(`there is no ${path}`);
  }
  return faults;
}
