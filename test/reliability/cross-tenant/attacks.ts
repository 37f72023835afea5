import fc from 'fast-check';
import { absent } from '../../e2e/tenancy-matrix/calls.js';
import { rows } from '../../e2e/tenancy-matrix/rows.js';
import type { Furniture } from '../../support/furnished.js';
import { repeatedKey } from './victim.js';

/** What attackers know of themselves, and have heard of the victim. */
export interface Heard {
  readonly ours: Furniture;
  readonly theirs: Furniture;
  /** Of lists of the victim. */
  readonly cursors: readonly string[];
  /** Where the service keeps its files. */
  readonly dataDirectory: string;
}

/** One request: a route's row about these objects, or SQL. */
export interface Attack {
  /** Which of the attackers sends it. */
  readonly who: number;
  readonly key: string;
  readonly objects: Furniture;
  /** In place of the row's own, unless it is empty. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Added to the row's body. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Calls that change who calls, or need somebody new. */
const keepsCallers = (key: string) =>
  !/^POST \/(auth\/(login|setup)|invitations\/.*)$/.test(key) &&
  !rows[key]!.changesCaller &&
  !rows[key]!.inNewWorkspace;

const sqlCalls = ['POST /queries', 'POST /queries/estimate', 'POST /saved-queries'];

/** Requests over all routes; about one in ten runs SQL. */
export function attacks(heard: Heard): fc.Arbitrary<Attack> {
  const who = fc.nat(3);
  const headers = headersAbout(heard);
  const keys = Object.keys(rows).filter(keepsCallers);
  const calls = fc
    .record({ who, headers, key: fc.constantFrom(...keys), query: queriesAbout(heard), extra: extrasAbout(heard) })
    .chain((attack) => objectsFor(attack.key, heard).map((objects) => ({ ...attack, objects })));
  const statements = fc
    .record({ who, headers, key: fc.constantFrom(...sqlCalls), sql: sqlAbout(heard) })
    .map(({ sql, ...attack }) => ({ ...attack, query: '', objects: heard.ours, extra: { sql } }));
  return fc.oneof({ weight: 9, arbitrary: calls }, { weight: 1, arbitrary: statements });
}

/** Mostly the victim's; what a call would use up is never the attackers' own. */
function objectsFor(key: string, { ours, theirs }: Heard): fc.Arbitrary<Furniture> {
  const usesUp = key.startsWith('DELETE') || rows[key]!.fresh !== undefined;
  const one = (name: keyof Furniture) => {
    const foreign = fc.constant(theirs[name]);
    const others = [fc.constant(absent(theirs[name])), mangled(theirs[name], theirs.workspace_id)];
    return fc.oneof({ weight: 4, arbitrary: foreign }, ...others, usesUp ? foreign : fc.constant(ours[name]));
  };
  const names = Object.keys(ours) as (keyof Furniture)[];
  return fc.record(Object.fromEntries(names.map((name) => [name, one(name)]))) as unknown as fc.Arbitrary<Furniture>;
}

/** Ways to write a name that some part of a service might read as that name, encoded for a path. */
function mangled(name: string, workspaceId: string): fc.Arbitrary<string> {
  return fc.constantFrom(
    name.toUpperCase(),
    `${name}%00`,
    `${name}%20`,
    `%20${name}`,
    `.%2F${name}`,
    `..%2F${workspaceId}%2F${name}`,
    `workspaces%2F${workspaceId}%2F${name}`,
    `%252e%252e%252f${name}`,
    `${name}.csv`,
    `${name};${name}`,
    `${name}'%20or%20'1'='1`,
    `${name.slice(0, -1)}_`,
    `${name.slice(0, 6)}%25`,
    '%25',
    '*',
  );
}

function headersAbout({ ours, theirs }: Heard): fc.Arbitrary<Record<string, string>> {
  const { workspace_id: own } = ours;
  const { workspace_id: foreign } = theirs;
  return fc.constantFrom<Record<string, string>>(
    {},
    {},
    { 'x-workspace-id': own },
    { 'x-workspace-id': foreign },
    { 'x-workspace-id': foreign.toUpperCase() },
    { 'x-workspace-id': ` ${foreign} ` },
    { 'x-workspace-id': `${own}, ${foreign}` },
    { 'x-workspace-id': `${own}/../${foreign}` },
    { 'X-Workspace-ID': foreign, 'x-forwarded-workspace-id': foreign },
    { 'idempotency-key': repeatedKey },
    { 'idempotency-key': repeatedKey, 'x-workspace-id': foreign },
    { 'if-none-match': '*' },
    { 'if-match': '"1"' },
    { 'last-event-id': '0' },
    {
      'x-forwarded-for': '127.0.0.1',
      'x-original-url': `/api/v1/workspaces/${foreign}`,
      'x-http-method-override': 'GET',
    },
  );
}

function queriesAbout({ theirs, cursors }: Heard): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    fc.constantFrom(
      'limit=200',
      'limit=1',
      'search=%25',
      'search=k',
      `search=${theirs.dataset}`,
      `workspace_id=${theirs.workspace_id}`,
      `user_id=${theirs.user_id}`,
      `object=${theirs.upload_id}`,
      `dataset=${theirs.dataset}`,
      'scope=service',
      'include=deleted',
      'after=0',
      'after=-1',
      'raw=true',
      ...['csv', 'json', 'jsonl', 'parquet', 'arrow'].map((format) => `format=${format}`),
      ...cursors.map((cursor) => `cursor=${cursor}`),
    ),
  );
}

function extrasAbout({ theirs }: Heard): fc.Arbitrary<Record<string, unknown>> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    fc.constantFrom(
      { workspace_id: theirs.workspace_id },
      { default_workspace_id: theirs.workspace_id },
      { user_id: theirs.user_id },
      { saved_query_id: theirs.saved_query_id },
      { dataset: theirs.dataset, mode: 'append' },
      { role: 'owner', is_administrator: true },
    ),
  );
}

/** Places at which a statement can name a table; `$` is the name. */
const places = [
  'select * from $',
  'select count(*) from $ as t',
  'select (select max(id) from $) as m from OWN',
  'select o.* from OWN o left join $ as c on true',
  'with a as (select * from $) select * from a',
  'with OWN as (select * from $) select * from OWN',
  'with THEIRS as (select 1 as id) select * from (select * from $) x, THEIRS',
  'select id from OWN union all select id from $',
  'select * from OWN where exists (select 1 from $)',
  'select * from OWN; select * from $',
  'select * from OWN -- \n union select * from $',
];

function sqlAbout({ ours, theirs, dataDirectory }: Heard): fc.Arbitrary<string> {
  const { workspace_id: id, table } = theirs;
  const relative = `workspaces/${id}/datasets/${table}/1/data.parquet`;
  const paths = [
    relative,
    `../${id}/datasets/${table}/1/*.parquet`,
    `${dataDirectory}/objects/${relative}`,
    `${dataDirectory}/**`,
  ];
  const functions = [
    'read_parquet',
    'parquet_scan',
    'parquet_metadata',
    'read_csv',
    'read_text',
    'read_blob',
    'glob',
    'sniff_csv',
  ];
  const files = fc
    .tuple(fc.constantFrom(...functions), fc.constantFrom(...paths))
    .map(([name, path]) => `${name}('${path}')`);
  const named = fc
    .tuple(
      fc.constantFrom('', 'main.', 'temp.', `"${id}".`, 'awsdatacatalog.main.', `workspaces."${id}".`),
      written(table),
    )
    .map((parts) => parts.join(''));
  const listed = fc.constantFrom(
    'information_schema.tables',
    'information_schema.columns',
    'duckdb_tables()',
    'duckdb_settings()',
    'pragma_database_list',
    `"${relative}"`,
    `'${relative}'`,
    ours.table,
  );
  return fc
    .tuple(fc.constantFrom(...places), fc.oneof({ weight: 3, arbitrary: named }, files, listed))
    .map(([place, name]) =>
      place
        .replaceAll('$', () => name)
        .replaceAll('OWN', ours.table)
        .replaceAll('THEIRS', table),
    );
}

/** A name in some case, with or without quotes. */
function written(name: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length }), fc.boolean())
    .map(([upper, quotes]) => {
      const cased = [...name].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join('');
      return quotes ? `"${cased}"` : cased;
    });
}
