import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/**
 * Which feature module may import which. A new edge is a decision: add it here, and only when the graph stays without
 * a cycle. Everything may use `platform`, `config`, `csv` and the ports under `providers`.
 */
const moduleGraph: Record<string, readonly string[]> = {
  access: [],
  audit: ['access'],
  usage: ['access', 'audit'],
  workspaces: ['access', 'audit', 'idempotency'],
  roles: ['access', 'audit', 'idempotency', 'workspaces'],
  members: ['access', 'api-tokens', 'audit', 'roles', 'users', 'workspaces'],
  sessions: ['access', 'audit'],
  users: ['audit'],
  accounts: ['access', 'audit', 'idempotency', 'roles', 'sessions', 'users', 'workspaces'],
  'api-tokens': ['access', 'audit', 'idempotency'],
  auth: ['access', 'api-tokens', 'audit', 'sessions', 'users', 'workspaces'],
  invitations: ['access', 'audit', 'auth', 'idempotency', 'members', 'roles', 'sessions', 'users', 'workspaces'],
  replicas: [],
  idempotency: ['access', 'audit', 'replicas'],
  health: ['access'],
  home: ['access'],
  uploads: ['access', 'audit', 'idempotency', 'usage', 'workspaces'],
  previews: ['access', 'audit', 'uploads'],
  tables: ['access', 'audit'],
  crawls: ['access', 'audit', 'idempotency', 'tables'],
  datasets: ['access', 'audit', 'crawls', 'idempotency', 'previews', 'tables', 'uploads', 'usage'],
  jobs: ['access', 'audit'],
  queries: ['access', 'audit', 'idempotency', 'replicas', 'tables', 'usage'],
  tools: ['access', 'audit', 'idempotency', 'usage', 'workspaces'],
  chatbots: ['access', 'audit', 'idempotency', 'tables', 'tools'],
  conversations: ['access', 'audit', 'idempotency', 'workspaces'],
  sources: ['access'],
  ingestion: ['access', 'audit', 'datasets', 'documents', 'idempotency', 'previews', 'sources', 'uploads'],
  feedback: ['access', 'audit', 'conversations', 'queries', 'workspaces'],
  runs: ['access', 'workspaces'],
  answers: ['access', 'chatbots', 'conversations', 'feedback', 'queries', 'runs', 'search', 'tables', 'tools'],
  chat: ['access', 'analysis-tracking', 'answers', 'audit', 'auth', 'chatbots', 'conversations', 'runs'],
  prompts: ['access', 'answers', 'audit', 'auth', 'chatbots', 'idempotency', 'queries', 'runs', 'workspaces'],
  analysis: ['access', 'answers', 'tools'],
  'analysis-tracking': [
    'access',
    'analysis',
    'answers',
    'audit',
    'auth',
    'idempotency',
    'uploads',
    'usage',
    'workspaces',
  ],
  'saved-queries': ['access', 'audit', 'idempotency', 'queries'],
  feeds: ['access', 'audit', 'idempotency', 'queries', 'saved-queries'],
  connections: ['access'],
  documents: ['workspaces'],
  search: ['access', 'audit', 'documents', 'sources'],
};

const source = resolve(process.cwd(), 'src');

interface Import {
  readonly file: string;
  readonly target: string;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts') && file !== 'metadata.ts');

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(source, file), 'utf8');
  const specifiers = text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/g);
  return [...specifiers].map(([, fixed, dynamic]) => ({ file, target: target(file, fixed ?? dynamic!) }));
});

/** A path relative to `src`, or a package name as it stands. */
function target(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(source, resolve(source, file, '..', specifier))
    .split(sep)
    .join('/')
    .replace(/\.js$/, '.ts');
}

const moduleOf = (path: string) => /^modules\/([^/]+)\//.exec(path)?.[1];
const isTest = (path: string) => path.endsWith('.spec.ts');

describe('the architecture', () => {
  it('has only the declared edges between feature modules', () => {
    const undeclared = imports.flatMap(({ file, target: to }) => {
      const from = moduleOf(file);
      const other = moduleOf(to);
      if (!from || !other || from === other || moduleGraph[from]?.includes(other)) return [];
      return [`${file} imports ${to}`];
    });
    expect(undeclared).toEqual([]);
  });

  it('declares every feature module, and no edge that nobody uses', () => {
    const existing = [...new Set(files.flatMap((file) => moduleOf(file) ?? []))].sort();
    expect(Object.keys(moduleGraph).sort()).toEqual(existing);
    const used = new Set(imports.map(({ file, target: to }) => `${moduleOf(file)} → ${moduleOf(to)}`));
    const unused = Object.entries(moduleGraph).flatMap(([from, targets]) =>
      targets.map((to) => `${from} → ${to}`).filter((edge) => !used.has(edge)),
    );
    expect(unused).toEqual([]);
  });

  it('has a module graph without a cycle', () => {
    const done = new Set<string>();
    const visit = (name: string, path: readonly string[]): void => {
      expect(path).not.toContain(name);
      if (done.has(name)) return;
      for (const next of moduleGraph[name] ?? []) visit(next, [...path, name]);
      done.add(name);
    };
    for (const name of Object.keys(moduleGraph)) visit(name, []);
    expect(done.size).toBe(Object.keys(moduleGraph).length);
  });

  it('imports engines and SDKs only under providers', () => {
    const engines =
      /^(@duckdb\/|@polyglot-sql\/|apache-arrow|@aws-sdk\/|@smithy\/|@slack\/|@gitbeaker\/|backlog-js|node:sqlite|pg$|pg-boss|nodemailer|mammoth|wink-|ml-hclust)/;
    const strays = imports.filter(({ file, target: to }) => engines.test(to) && !file.startsWith('providers/'));
    expect(strays).toEqual([]);
  });

  it('lets features see ports, never adapters', () => {
    const adapters =
      /^providers\/[^/]+\/(sqlite|rows|local|local-files|duckdb|s3|glue|athena|dynamodb|postgres|pg-boss|smtp|none|openai-compatible|bedrock|slack|gitlab|backlog|kms)\b|^providers\/duckdb-workers\//;
    const strays = imports.filter(
      ({ file, target: to }) => file.startsWith('modules/') && !isTest(file) && adapters.test(to),
    );
    expect(strays).toEqual([]);
  });

  it('keeps plumbing and pure functions free of features and providers', () => {
    const strays = imports.filter(
      ({ file, target: to }) =>
        !isTest(file) &&
        ((/^(platform|csv|config)\//.test(file) && to.startsWith('modules/')) ||
          (file.startsWith('csv/') && to.startsWith('providers/'))),
    );
    expect(strays).toEqual([]);
  });

  it('reads the environment in main.ts only', () => {
    const readers = files.filter(
      (file) => !isTest(file) && /process\.env\b/.test(readFileSync(join(source, file), 'utf8')),
    );
    expect(readers).toEqual(['main.ts']);
  });

  it('has no barrels', () => {
    expect(files.filter((file) => /(^|\/)index\.ts$/.test(file))).toEqual([]);
  });

  it('never imports a DTO as a type where the framework needs the class', () => {
    const erased = files
      .filter((file) => /\.(controller|gateway)\.ts$/.test(file))
      .filter((file) => /import type \{[^}]*\} from '[^']+\.dto\.js'/.test(readFileSync(join(source, file), 'utf8')));
    expect(erased).toEqual([]);
  });
});
