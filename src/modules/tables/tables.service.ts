import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { Catalog, type CatalogTable } from '../../providers/catalog/catalog.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import type { TableSchema } from '../../providers/query-engine/query-engine.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { TableNotFound } from './errors.js';
import { DescribeTable, Table, TablePageView, TablesQuery } from './table.dto.js';

/** One table's data as it is now. Versions are immutable, so a query that holds a snapshot reads one version to its end. */
export interface TableSnapshot {
  readonly table: string;
  /** Where engines read the files, as `ObjectStore.location` gives it. */
  readonly locations: string[];
  /** The data set's version. */
  readonly version: number;
}

/** What a workspace can query: for people who look, for those who check SQL, and for those who run it. */
@Injectable()
export class TablesService {
  constructor(
    private readonly catalog: Catalog,
    private readonly objects: ObjectStore,
    private readonly cursors: CursorCodec,
    private readonly audit: AuditLog,
  ) {}

  /** Every table with its columns, for checking SQL. */
  async schemas(workspaceId: string): Promise<TableSchema[]> {
    const tables = await this.catalog.all(workspaceId);
    return tables.map(({ table, columns }) => ({ table, columns: columns.map(({ name, type }) => ({ name, type })) }));
  }

  /** The current data of the named tables, in the given order. Throws `TableNotFound`. */
  async snapshot(workspaceId: string, tables: readonly string[]): Promise<TableSnapshot[]> {
    return Promise.all(
      tables.map(async (name) => {
        const { table, object_keys, data_version } = await this.find(workspaceId, name);
        return { table, locations: object_keys.map((key) => this.objects.location(key)), version: data_version };
      }),
    );
  }

  /** Profiles hold values of the columns, so to look at them is to read data. */
  async list(caller: Caller, { limit, cursor, search }: TablesQuery): Promise<TablePageView> {
    const { workspaceId } = caller;
    const scope = `tables/${workspaceId}/${search ?? ''}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<string>(scope, cursor);
    const page = await this.catalog.list(workspaceId, { limit, after, search });
    const detail = { tables: page.items.map(({ table }) => table) };
    this.audit.note({ ...caller, action: 'table.read', outcome: 'allowed', detail });
    return {
      items: page.items.map(shown),
      next_cursor: page.after === null ? null : this.cursors.encode(scope, page.after),
    };
  }

  async get(caller: Caller, name: string): Promise<Table> {
    const found = await this.find(caller.workspaceId, name);
    this.audit.note({ ...caller, action: 'table.read', object: found.table, outcome: 'allowed' });
    return shown(found);
  }

  async describe(caller: Caller, name: string, input: DescribeTable): Promise<Table> {
    const { table, columns } = await this.find(caller.workspaceId, name);
    refuseUnknownColumns(table, new Set(columns.map((column) => column.name)), Object.keys(input.columns ?? {}));
    const described = await this.catalog.describe(caller.workspaceId, table, input);
    if (!described) throw new TableNotFound(name);
    await this.audit.record({ ...caller, action: 'table.described', object: table, outcome: 'allowed' });
    return shown(described);
  }

  private async find(workspaceId: string, table: string): Promise<CatalogTable> {
    const found = await this.catalog.get(workspaceId, table);
    if (!found) throw new TableNotFound(table);
    return found;
  }
}

function refuseUnknownColumns(table: string, known: ReadonlySet<string>, named: readonly string[]): void {
  const unknown = named.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new InvalidRequest(
    unknown.map((name) => ({
      pointer: `/columns/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      detail: `is not a column of ${table}; its columns are ${[...known].slice(0, 50).join(', ')}`,
    })),
  );
}

function shown({ table, description, columns, rows, bytes, data_version, updated_at }: CatalogTable): Table {
  return {
    table,
    ...(description === undefined ? {} : { description }),
    columns: columns.map((column) => ({ ...column }) as Table['columns'][number]),
    rows,
    bytes,
    location: `lake://${table}/versions/${data_version}`,
    version: data_version,
    updated_at,
  };
}
