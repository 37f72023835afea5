import { DuckDBInstance, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { ALLOWED_FUNCTIONS } from './allowed-functions.js';
import { MACRO_NAMES } from './macros.js';

/** Why the gate refuses a statement; undefined from `judge` means that it may run. */
export interface Refusal {
  readonly what: 'statement' | 'syntax' | 'table' | 'function' | 'expression';
  readonly name: string;
}

type Json = Readonly<Record<string, unknown>>;

const QUERY_NODES = new Set(['SELECT_NODE', 'SET_OPERATION_NODE', 'RECURSIVE_CTE_NODE', 'CTE_NODE']);
const TABLE_REFERENCES = new Set(['BASE_TABLE', 'SUBQUERY', 'JOIN', 'EXPRESSION_LIST', 'EMPTY']);
const JOIN_TYPES = new Set(['REGULAR', 'NATURAL', 'CROSS']);
const EXPRESSIONS = new Set(
  `BETWEEN CASE CAST COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION LAMBDA OPERATOR PARAMETER STAR SUBQUERY WINDOW`.split(
    ' ',
  ),
);
/** Catalog and schema that the engine's parser puts before functions that have a syntax of their own, such as TRIM. */
const FUNCTION_PLACES = new Set(['.', '.main', '.pg_catalog', 'system.main', 'system.pg_catalog']);
/** Names without parentheses that the engine takes for functions about the session when no column has them. */
const SESSION_NAMES = new Set(
  `current_user current_role session_user user current_catalog current_database current_schema current_query`.split(
    ' ',
  ),
);

const LOCK = [
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  'SET allow_community_extensions = false',
  'SET enable_external_access = false',
  'SET lock_configuration = true',
];

/**
 * The last word on what the engine is given. It parses with the engine's own parser, on an instance that holds nothing,
 * and lets through one SELECT made of known parts, known functions and the given tables. It never binds or runs it.
 */
export class Gate {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly serialize: DuckDBPreparedStatement,
    private readonly systemNames: ReadonlySet<string>,
    private readonly functions: ReadonlySet<string>,
  ) {}

  static async create(): Promise<Gate> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '64MB' });
    const connection = await instance.connect();
    const views = await connection.runAndReadAll('SELECT lower(view_name) FROM duckdb_views() WHERE internal');
    const systemNames = new Set(views.getRowsJson().map(([name]) => String(name)));
    for (const setting of LOCK) await connection.run(setting);
    const serialize = await connection.prepare('SELECT json_serialize_sql($1::VARCHAR)');
    return new Gate(instance, connection, serialize, systemNames, new Set([...ALLOWED_FUNCTIONS, ...MACRO_NAMES]));
  }

  /** @param tables names of the tables that may be read, in lower case */
  async judge(sql: string, tables: ReadonlySet<string>): Promise<Refusal | undefined> {
    if (sql.includes('\0')) return { what: 'syntax', name: 'NUL' };
    const tree = await this.parse(sql);
    if (tree?.['error'] !== false) return { what: 'syntax', name: String(tree?.['error_type']) };
    const statements = tree['statements'] as readonly Json[];
    const [statement] = statements;
    if (statements.length !== 1 || !statement) return { what: 'statement', name: `${statements.length} statements` };
    return this.judgeTree(statement, aliasesIn(statement), tables) ?? this.judgeTables(sql, tables);
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  /** Undefined for a text that the engine's parser has not the memory for. */
  private async parse(sql: string): Promise<Json | undefined> {
    this.serialize.bindVarchar(1, sql);
    try {
      const result = await this.serialize.runAndReadAll();
      return JSON.parse(String(result.getRowsJson()[0]?.[0])) as Json;
    } catch {
      return undefined;
    }
  }

  /** What the engine itself takes for tables, scopes of WITH minded; schemas were judged in the tree. */
  private judgeTables(sql: string, tables: ReadonlySet<string>): Refusal | undefined {
    const names = this.connection.getTableNames(sql, false).map(lower);
    const foreign = names.find((name) => !tables.has(name));
    return foreign === undefined ? undefined : { what: 'table', name: foreign };
  }

  private judgeTree(node: unknown, aliases: ReadonlySet<string>, tables: ReadonlySet<string>): Refusal | undefined {
    if (typeof node !== 'object' || node === null) return undefined;
    if (!Array.isArray(node)) {
      const refusal = this.judgeNode(node as Json, aliases, tables);
      if (refusal) return refusal;
    }
    for (const child of Object.values(node)) {
      const refusal = this.judgeTree(child, aliases, tables);
      if (refusal) return refusal;
    }
    return undefined;
  }

  private judgeNode(node: Json, aliases: ReadonlySet<string>, tables: ReadonlySet<string>): Refusal | undefined {
    const { type } = node;
    if ('class' in node) return this.judgeExpression(node, aliases);
    if (typeof type !== 'string') return undefined;
    if ('cte_map' in node)
      return QUERY_NODES.has(type) && !node['qualify'] ? undefined : { what: 'statement', name: type };
    if ('sample' in node) return this.judgeReference(node, type, aliases, tables);
    return undefined;
  }

  private judgeReference(
    node: Json,
    type: string,
    aliases: ReadonlySet<string>,
    tables: ReadonlySet<string>,
  ): Refusal | undefined {
    if (!TABLE_REFERENCES.has(type)) return { what: type === 'TABLE_FUNCTION' ? 'function' : 'statement', name: type };
    if (type === 'JOIN' && !JOIN_TYPES.has(String(node['ref_type'])))
      return { what: 'statement', name: `${node['ref_type']} join` };
    if (type !== 'BASE_TABLE') return undefined;
    const [name, schema] = [lower(node['table_name']), lower(node['schema_name'])];
    const known = schema === 'main' ? tables.has(name) : schema === '' && (tables.has(name) || aliases.has(name));
    const plain = known && node['catalog_name'] === '' && node['at_clause'] === null && !this.systemNames.has(name);
    return plain ? undefined : { what: 'table', name };
  }

  private judgeExpression(node: Json, aliases: ReadonlySet<string>): Refusal | undefined {
    const kind = String(node['class']);
    if (!EXPRESSIONS.has(kind)) return { what: 'expression', name: kind };
    if (kind === 'FUNCTION' || kind === 'WINDOW') return this.judgeFunction(node);
    if (kind === 'STAR') return isPlainStar(node) ? undefined : { what: 'expression', name: 'COLUMNS' };
    if (kind !== 'COLUMN_REF') return undefined;
    const names = node['column_names'] as readonly string[];
    const name = lower(names[0]);
    return names.length === 1 && SESSION_NAMES.has(name) && !aliases.has(name) ? { what: 'function', name } : undefined;
  }

  private judgeFunction(node: Json): Refusal | undefined {
    const name = lower(node['function_name']);
    const place = `${lower(node['catalog'])}.${lower(node['schema'])}`;
    const plain = this.functions.has(name) && FUNCTION_PLACES.has(place);
    return plain ? undefined : { what: 'function', name };
  }
}

const lower = (name: unknown): string => String(name ?? '').toLowerCase();

const isPlainStar = (node: Json): boolean =>
  node['columns'] === false &&
  node['expr'] === null &&
  ['exclude_list', 'replace_list', 'qualified_exclude_list', 'rename_list'].every(
    (list) => (node[list] as unknown[]).length === 0,
  );

/** Names that the statement itself gives: to common tables, columns and sources. */
function aliasesIn(node: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof node !== 'object' || node === null) return found;
  const { alias, key, column_name_alias: names } = node as Json;
  for (const name of [alias, key, ...(Array.isArray(names) ? names : [])])
    if (typeof name === 'string') found.add(name.toLowerCase());
  for (const child of Object.values(node)) aliasesIn(child, found);
  return found;
}
