// npm run eval: how well the built-in translator answers questions over tables. See eval/README.md.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { datasets } from '../eval/datasets.mjs';
import { agrees } from '../eval/lib/compare.mjs';
import { openService } from '../eval/lib/publish.mjs';
import buildWorkers from '../test/support/build-workers.mjs';
import { root } from './lib/prepare.mjs';

const outcomes = ['right', 'wrong', 'asked', 'declined'];
const options = process.argv.slice(2);
const show = options.includes('--show');
/** One catalog with the tables of all data sets, instead of one for each. */
const together = options.includes('--together');
const wantedSplits = options.filter((option) => !option.startsWith('--'));
/** `--tables=bakery,wheat`: only the questions over these data sets. */
const wantedTables = options
  .find((option) => option.startsWith('--tables='))
  ?.slice('--tables='.length)
  .split(',');
const splits =
  wantedSplits.length > 0
    ? wantedSplits
    : ['dev', 'dev2', 'dev3', 'dev4', 'dev5', 'held', 'fresh', 'fresh2', 'unseen', 'blind', 'blind2', 'blind3'];
const now = new Date('2024-07-01T12:00:00Z');

buildWorkers();
const dist = join(root, 'dist');
const { rewriteFollowUp, translate, translationContext } = await import(join(dist, 'translator/translate.js'));
const { readChartRequest } = await import(join(dist, 'modules/answers/domain/chart-request.js'));
const { MemoryValues } = await import(join(dist, 'translator/values/memory-values.js'));

const results = [];
const service = await openService(dist);
try {
  const catalogs = {};
  for (const name of Object.keys(datasets)) {
    if (together || casesIn(name).length > 0) catalogs[name] = await publish(name);
  }
  const all = Object.values(catalogs).flat();
  const shared = together ? contextOf(all) : undefined;
  for (const [name, tables] of Object.entries(catalogs)) {
    const context = shared ?? contextOf(tables);
    for (const each of casesIn(name)) results.push(await judge(each, context, together ? all : tables));
  }
} finally {
  await service.close();
}
report();

function casesIn(dataset) {
  return splits.flatMap((split) => casesOf(dataset, split).map((each) => ({ ...each, split, dataset })));
}

async function publish(name) {
  const tables = [];
  for (const [table, csv] of Object.entries(datasets[name]())) tables.push(await service.publish(table, csv));
  return tables;
}

function contextOf(tables) {
  return translationContext({ tables, values: new MemoryValues(tables.flatMap((table) => table.values)) });
}

function casesOf(dataset, split) {
  if (wantedTables && !wantedTables.includes(dataset)) return [];
  const file = join(root, 'eval/cases', `${dataset}.${split}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** As the service reads a question: without the words about its picture, as a change of the one before it where it is one. */
function read({ question: text, after, now: asked }, context, tables) {
  const names = tables.flatMap(({ table, columns }) => [table, ...columns.map(({ name }) => name)]);
  const { question } = readChartRequest(text, names);
  const options = { now: asked ? new Date(asked) : now };
  const before = after === undefined ? undefined : translate(after, context, options);
  const changed = before?.kind === 'answer' ? rewriteFollowUp(question, before.plan, context, options) : undefined;
  return changed ? { kind: 'answer', ...changed } : translate(question, context, options);
}

async function judge(each, context, tables) {
  const began = performance.now();
  const translation = read(each, context, tables);
  const result = { ...each, translation, milliseconds: performance.now() - began };
  if (translation.kind === 'decline') return { ...result, outcome: each.expect ? 'right' : 'declined' };
  if (translation.kind === 'clarify') return { ...result, outcome: each.expect === 'ask' ? 'right' : 'asked' };
  if (each.expect) return { ...result, outcome: 'wrong', detail: `should ${each.expect}` };
  try {
    const rows = await service.run(translation.sql, tables);
    const wholeRows = translation.plan.measures.length === 0 && translation.plan.columns.length === 0;
    for (const gold of [each.sql, ...(each.accept ?? [])]) {
      if (agrees(rows, await service.run(gold, tables), { wholeRows })) return { ...result, outcome: 'right' };
    }
    return { ...result, outcome: 'wrong', detail: `rows differ: ${JSON.stringify(rows.slice(0, 2)).slice(0, 160)}` };
  } catch (error) {
    return { ...result, outcome: 'wrong', detail: error.message };
  }
}

function report() {
  for (const split of splits) {
    const own = results.filter((result) => result.split === split);
    if (own.length === 0) continue;
    if (split.startsWith('dev') || show) own.filter(({ outcome }) => outcome !== 'right').forEach(explain);
    console.log(`\n${split}: ${own.length} questions  ${tally(own)}`);
    const answerable = own.filter(({ expect }) => !expect);
    for (const words of new Set(own.flatMap((result) => result.words ?? []))) {
      const half = (results) => results.filter((result) => result.words === words);
      reportLine(`words: ${words}`, half(own));
      reportLine('  to be answered', half(answerable));
    }
    for (const kind of new Set(own.map((result) => result.kind))) {
      reportLine(
        kind,
        own.filter((result) => result.kind === kind),
      );
    }
  }
  const times = results.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  const at = (share) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  console.log(`\ntranslation: median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, longest ${at(0.9999)} ms`);
}

function reportLine(name, results) {
  console.log(`  ${name.padEnd(16)} ${String(results.length).padStart(3)}  ${tally(results)}`);
}

function tally(results) {
  return outcomes
    .map((outcome) => {
      const count = results.filter((result) => result.outcome === outcome).length;
      return `${outcome} ${count} (${Math.round((100 * count) / results.length)} %)`;
    })
    .join(', ');
}

function explain({ outcome, dataset, question, translation, detail }) {
  console.log(`\n${outcome.toUpperCase()} [${dataset}] ${question}`);
  if (detail) console.log(`  ${detail}`);
  if (translation.kind === 'answer') console.log(`  ${translation.sql.replaceAll('\n', ' ')}`);
  if (translation.kind === 'clarify') console.log(`  ${translation.options.map(({ label }) => label).join(' | ')}`);
  if (translation.kind === 'decline') console.log(`  ${translation.reason}`);
}
