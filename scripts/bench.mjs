// npm run bench [-- --quick] [-- P3 P9]: measures us against a base in the same run and prints one line a goal:
// name, ours, base, ratio, goal, PASS or FAIL. --quick uses small files, for everyday use: its ratios are rougher.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, install, root } from './lib/prepare.mjs';

install();
build();

const quick = process.argv.includes('--quick');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const cases = readdirSync(join(root, 'bench/cases')).toSorted(
  (a, b) => Number.parseInt(a.slice(1), 10) - Number.parseInt(b.slice(1), 10),
);

let reached = 0;
let missed = 0;
for (const file of cases) {
  const name = file.replace('.mjs', '');
  if (wanted.length > 0 && !wanted.some((each) => name.toLowerCase().split('-')[0] === each.toLowerCase())) continue;
  const { run } = await import(pathToFileURL(join(root, 'bench/cases', file)).href);
  const results = await run({ quick });
  reached += results.filter(Boolean).length;
  missed += results.filter((passed) => !passed).length;
}
console.log(`${reached} goals reached, ${missed} missed${quick ? ' (quick sizes)' : ''}`);
process.exit(0);
