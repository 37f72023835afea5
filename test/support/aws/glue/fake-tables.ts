import type { TableInput } from '@aws-sdk/client-glue';
import { AwsFailure } from '../fake-service.js';

export interface FakeTable {
  readonly input: TableInput;
  readonly version: number;
}

interface TableRequest {
  readonly DatabaseName: string;
  readonly Name?: string;
  readonly TableInput?: TableInput;
  readonly VersionId?: string;
}

/** Databases and tables of Glue, by name. */
export class FakeTables {
  readonly databases = new Map<string, Map<string, FakeTable>>();
  /** Most tables of one page; Glue gives a hundred. */
  pageSize = 100;

  createDatabase({ DatabaseInput: { Name } }: { DatabaseInput: { Name: string } }): object {
    if (!/^[a-z0-9_-]{1,255}$/.test(Name)) throw invalid(`Bad name of a database: ${Name}`);
    if (this.databases.has(Name)) throw failure('AlreadyExistsException', 'Database already exists.');
    this.databases.set(Name, new Map());
    return {};
  }

  deleteDatabase({ Name }: { Name: string }): object {
    if (!this.databases.delete(Name)) throw absent(`Database ${Name} not found.`);
    return {};
  }

  createTable({ DatabaseName, TableInput: input }: TableRequest): object {
    const tables = this.tablesOf(DatabaseName);
    check(input!);
    if (tables.has(input!.Name!)) throw failure('AlreadyExistsException', 'Table already exists.');
    tables.set(input!.Name!, { input: input!, version: 0 });
    return {};
  }

  updateTable({ DatabaseName, TableInput: input, VersionId: version }: TableRequest): object {
    const existing = this.find(DatabaseName, input!.Name!);
    check(input!);
    if (version !== undefined && version !== String(existing.version)) {
      throw failure('ConcurrentModificationException', 'Update table failed due to concurrent modifications.');
    }
    this.tablesOf(DatabaseName).set(input!.Name!, { input: input!, version: existing.version + 1 });
    return {};
  }

  getTable({ DatabaseName, Name }: TableRequest): object {
    return { Table: shown(DatabaseName, this.find(DatabaseName, Name!)) };
  }

  /** In the order in which they were made, which Glue does not promise to be any. */
  getTables({ DatabaseName, NextToken }: TableRequest & { NextToken?: string }): object {
    const all = [...this.tablesOf(DatabaseName).values()];
    const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
    const end = start + this.pageSize;
    const more = end < all.length && { NextToken: Buffer.from(String(end)).toString('base64url') };
    return { TableList: all.slice(start, end).map((table) => shown(DatabaseName, table)), ...more };
  }

  deleteTable({ DatabaseName, Name }: TableRequest): object {
    this.find(DatabaseName, Name!);
    this.tablesOf(DatabaseName).delete(Name!);
    return {};
  }

  find(database: string, name: string): FakeTable {
    const table = this.tablesOf(database).get(name);
    if (!table) throw absent(`Table ${name} not found.`);
    return table;
  }

  tablesOf(database: string): Map<string, FakeTable> {
    const tables = this.databases.get(database);
    if (!tables) throw absent(`Database ${database} not found.`);
    return tables;
  }
}

export function failure(name: string, message: string): AwsFailure {
  return new AwsFailure({ name, message, status: 400 });
}

const absent = (message: string) => failure('EntityNotFoundException', message);
const invalid = (message: string) => failure('InvalidInputException', message);

function shown(DatabaseName: string, { input, version }: FakeTable): object {
  return { ...input, DatabaseName, VersionId: String(version), CatalogId: '123456789012' };
}

/** The limits that Glue documents. */
function check({ Name, Description, Parameters = {}, StorageDescriptor }: TableInput): void {
  const tooLong = (text: string | undefined, length: number) => (text?.length ?? 0) > length;
  if (Name === undefined || Name !== Name.toLowerCase() || tooLong(Name, 255)) throw invalid('Bad name of a table.');
  if (tooLong(Description, 2048)) throw invalid('The description is too long.');
  if (Object.values(Parameters).some((value) => tooLong(value, 512_000))) throw invalid('A parameter is too long.');
  for (const { Comment, Type } of StorageDescriptor?.Columns ?? []) {
    if (tooLong(Comment, 255) || /[\r\n\t]/.test(Comment ?? '')) throw invalid('The comment of a column is too long.');
    if (!/^(boolean|bigint|double|int|string|date|timestamp|decimal\(\d+,\d+\))$/.test(Type!)) {
      throw invalid(`Unknown type ${Type}`);
    }
  }
}
