// npm run demo: the whole job on a real file: upload, preview, contract, submit, crawl, query, download. Then a real
// interview, from what was said to design principles.
//
// Works against a running service when it is told who it is (TABLETALK_TOKEN, or OWNER_EMAIL and OWNER_PASSWORD), and
// otherwise starts one of its own on a temporary folder.
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { build, install, node, root, serviceArguments } from './lib/prepare.mjs';

const file = join(root, 'demo/wildlife-strikes.csv');
const interview = join(root, 'test/fixtures/interviews/fountain-hughes-1949.txt');
const dataset = 'wildlife_strikes';
const sql = `SELECT wildlife_size, count(*) AS strikes, sum(cost_total) AS cost_usd
FROM ${dataset}
WHERE phase_of_flight = 'Approach'
GROUP BY wildlife_size
ORDER BY strikes DESC`;

async function main() {
  install();
  build();
  const service = (await running()) ?? (await startOne());
  try {
    await demonstrate(service);
  } finally {
    await service.stop();
  }
}

async function demonstrate({ call, address }) {
  heading('1. Upload', `demo/wildlife-strikes.csv, a real file of the FAA (see demo/README.md), to ${address}`);
  const form = new FormData();
  form.set('file', await openAsBlob(file), 'wildlife-strikes.csv');
  const upload = await call('POST', '/uploads', { body: form });
  print(`${upload.upload_id}: ${thousands(upload.bytes)} bytes, status ${upload.status}`);
  print(
    `SHA-256 ${upload.sha256.slice(0, 16)}…, ${upload.sha256 === (await sha256(file)) ? 'the same as on disk' : 'NOT the same as on disk'}`,
  );
  print(
    `Detected: ${Object.entries(upload.dialect)
      .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
      .join(', ')}`,
  );

  heading('2. Preview', 'the first rows, and the type of each column with the evidence for it');
  const preview = await call('GET', `/uploads/${upload.upload_id}/preview?limit=100`);
  table(
    ['column', 'in the file', 'type', 'evidence'],
    preview.columns.map((column) => [column.name, column.source_name, column.type, column.evidence]),
  );
  for (const warning of preview.warnings) print(`warning ${warning.code}: ${warning.detail}`);

  heading('3. Contract', 'rename one column and leave another out');
  const contract = await call('GET', `/uploads/${upload.upload_id}/contract`);
  for (const column of contract.columns) {
    if (column.source_name === 'Cost Total $') column.name = 'cost_total';
    if (column.source_name === 'Cost Other') column.drop = true;
  }
  await call('PUT', `/uploads/${upload.upload_id}/contract`, {
    json: { dialect: contract.dialect, columns: contract.columns },
  });
  print('"Cost Total $" becomes cost_total, "Cost Other" is left out');

  heading('4. Submit', 'raw file and typed Parquet become one version of the data set');
  const exists = (await call('GET', `/datasets?limit=200`)).items.some((each) => each.dataset === dataset);
  const submitted = await call('POST', `/uploads/${upload.upload_id}/submit`, {
    json: { dataset, mode: exists ? 'replace' : 'create', crawl: true },
  });
  print(`data set ${submitted.dataset}, version ${submitted.version}, crawl ${submitted.crawl_id}`);

  heading('5. Crawl', 'progress as Server-Sent Events');
  await follow(call, `/crawls/${submitted.crawl_id}/events`);
  const crawl = await call('GET', `/crawls/${submitted.crawl_id}`);
  if (crawl.state !== 'succeeded') throw new Error(`the crawl ${crawl.state}: ${crawl.error?.detail ?? ''}`);
  for (const { table: name, change } of crawl.tables) print(`table ${name}: ${change}`);
  const [version] = (await call('GET', `/datasets/${dataset}/versions`)).items;
  print(
    `rows in ${thousands(version.rows_in)} = stored ${thousands(version.rows_stored)} + rejected ${thousands(version.rows_rejected)}`,
  );

  heading('6. Query', sql);
  const estimate = await call('POST', '/queries/estimate', { json: { sql } });
  print(
    `estimate: ${thousands(estimate.bytes_scanned)} bytes of ${thousands(upload.bytes)}, decision ${estimate.decision}`,
  );
  const query = await call('POST', '/queries', { json: { sql, wait_ms: 30_000 } });
  if (query.state !== 'succeeded') throw new Error(`the query ${query.state}: ${query.error?.message ?? ''}`);
  table(
    query.columns.map(({ name, type }) => `${name} (${type})`),
    query.rows.map((row) => row.map(String)),
  );
  print(
    `${query.query_id}: ${query.row_count} rows in ${query.duration_ms} ms from ${JSON.stringify(query.data_versions)}`,
  );

  heading('7. Download', 'the same result as CSV');
  print((await call('GET', `/queries/${query.query_id}/download?format=csv`, { text: true })).trim());

  await analyse(call);
  print('\nDone.');
}

async function analyse(call) {
  heading('8. Analyse an interview', 'Fountain Hughes, 101 years old, on money: Library of Congress, 1949');
  const form = new FormData();
  form.set('title', 'Buying on time');
  form.set('method', 'extractive');
  form.set('file', await openAsBlob(interview), 'fountain-hughes-1949.txt');
  const { request_id: requestId } = await call('POST', '/analysis/requests', { body: form });
  const response = await call('GET', `/analysis/requests/${requestId}/events`, { raw: true });
  for (const [, data] of (await response.text()).matchAll(/^data: (.*)$/gm)) {
    const { type, step, message } = JSON.parse(data);
    if (type === 'analysis.step.completed' || type === 'analysis.step.failed') print(`${step}: ${message}`);
  }
  const { principles, insights, meanings } = await call('GET', `/analysis/requests/${requestId}/result`);
  for (const { statement, priority, insights: behind } of principles) {
    print(`${priority.rank}. ${statement}`);
    const { evidence_for: evidence } = insights.find(({ insight_id: id }) => id === behind[0]);
    const { quote } = meanings.find(({ meaning_id: id }) => id === evidence[0]);
    print(`   “${quote.text}” (${quote.speaker}, characters ${quote.start} to ${quote.end})`);
  }
}

async function follow(call, path) {
  const response = await call('GET', path, { raw: true });
  let seen = '';
  let buffer = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (buffer + chunk).split('\n\n');
    buffer = blocks.pop();
    for (const data of blocks.flatMap((block) => block.match(/^data: (.*)$/m)?.[1] ?? [])) {
      const { state, phase, progress } = JSON.parse(data);
      const line =
        `${state === phase ? state : `${state ?? ''} ${phase ?? ''}`} ${bar(progress?.fraction ?? 0)} ${progress?.rows ? `${thousands(progress.rows)} rows` : ''}`.trimEnd();
      if (line !== seen) print((seen = line));
    }
  }
}

async function running() {
  const address = process.env.TABLETALK_URL ?? `http://${process.env.HOST ?? '127.0.0.1'}:${process.env.PORT ?? 8000}`;
  const { TABLETALK_TOKEN: token, OWNER_EMAIL: email, OWNER_PASSWORD: password } = process.env;
  if (!token && !(email && password)) return undefined;
  if (!(await isReady(address))) return undefined;
  return signedIn(address, token ? { token } : { email, password }, async () => {});
}

async function startOne() {
  print(
    'No running service was named (TABLETALK_TOKEN, or OWNER_EMAIL and OWNER_PASSWORD), so the demo starts one on a temporary folder.',
  );
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-demo-'));
  const owner = { email: 'demo@example.com', password: `demo ${crypto.randomUUID()}` };
  const settings = {
    HOST: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
    OWNER_EMAIL: owner.email,
    OWNER_PASSWORD: owner.password,
  };
  const child = spawn(node(), serviceArguments, {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const match = /ready at (http\S+)/.exec(output);
      if (match) resolve(match[1]);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with code ${code}`)));
  });
  return signedIn(address, owner, async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
}

async function signedIn(address, { token, email, password }, stop) {
  const bearer = token ?? (await send(address, 'POST', '/auth/login', { json: { email, password } })).access_token;
  return { address, stop, call: (method, path, options = {}) => send(address, method, path, { ...options, bearer }) };
}

async function send(address, method, path, { json, body, text, raw, bearer } = {}) {
  const response = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(json ? { 'content-type': 'application/json' } : {}),
    },
    body: json ? JSON.stringify(json) : body,
  });
  if (!response.ok) {
    const problem = await response.json();
    throw new Error(`${method} ${path}: ${problem.status} ${problem.title}. ${problem.detail}`);
  }
  if (raw) return response;
  return text ? response.text() : response.json();
}

async function isReady(address) {
  return fetch(`${address}/health/ready`).then(
    (response) => response.ok,
    () => false,
  );
}

async function sha256(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

function heading(title, subtitle) {
  print(`\n\x1b[1m${title}\x1b[0m  ${subtitle.includes('\n') ? `\n${subtitle}\n` : subtitle}`);
}

function table(headers, rows) {
  const widths = headers.map((header, index) =>
    Math.min(60, Math.max(header.length, ...rows.map((row) => String(row[index] ?? '').length))),
  );
  const line = (cells) =>
    `  ${cells
      .map((cell, index) =>
        String(cell ?? '')
          .slice(0, 60)
          .padEnd(widths[index]),
      )
      .join('  ')}`.trimEnd();
  print(line(headers));
  print(line(widths.map((width) => '─'.repeat(width))));
  for (const row of rows) print(line(row));
}

function bar(fraction) {
  const filled = Math.round(fraction * 20);
  return `[${'█'.repeat(filled)}${' '.repeat(20 - filled)}] ${Math.round(fraction * 100)} %`;
}

function thousands(number) {
  return Number(number).toLocaleString('en-US');
}

function print(text) {
  process.stdout.write(`${text}\n`);
}

await main().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`\nThe demo failed: ${error.message}\n`);
    process.exit(1);
  },
);
