import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type AthenaClient,
  type ColumnInfo,
  GetQueryResultsCommand,
  type QueryExecution,
  type Row,
} from '@aws-sdk/client-athena';
import { type ResultColumn, SqlRejected } from '../query-engine.js';
import { unavailable } from './athena-client.js';
import { csvRecords, RECORD_END, TooManyBytes } from './csv-records.js';

/** The most that Athena gives at once, the header included. */
const PAGE = 1000;

export interface ResultLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
}

export interface FetchedResult {
  readonly columns: readonly ResultColumn[];
  readonly truncated: boolean;
}

/** Brings results of Athena here: small ones by its API, others from where it has written them. */
export class Results {
  constructor(
    private readonly client: AthenaClient,
    /** Reads what Athena has written, by its location. */
    private readonly read: (location: string) => Promise<Readable>,
  ) {}

  /** Writes the rows as CSV with one column more. Throws `SqlRejected` for a result that is too large. */
  async fetch(
    { QueryExecutionId, ResultConfiguration }: QueryExecution,
    { maxRows, maxBytes }: ResultLimits,
    file: string,
    signal: AbortSignal,
  ): Promise<FetchedResult> {
    const page = await this.firstPage(QueryExecutionId!, signal);
    const columns = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(toColumn);
    // The first row holds the names.
    const rows = page.ResultSet?.Rows?.slice(1) ?? [];
    let count = rows.length;
    const content =
      page.NextToken === undefined || rows.length > maxRows
        ? rows.slice(0, maxRows).map(csvLine)
        : csvRecords(
            await this.read(ResultConfiguration!.OutputLocation!),
            { records: maxRows, bytes: maxBytes },
            (records) => (count = records),
          );
    try {
      await pipeline(content, createWriteStream(file), { signal });
    } catch (error) {
      throw error instanceof TooManyBytes ? tooLarge(maxBytes) : error;
    }
    return { columns, truncated: count > maxRows };
  }

  private async firstPage(QueryExecutionId: string, signal: AbortSignal) {
    const command = new GetQueryResultsCommand({ QueryExecutionId, MaxResults: PAGE });
    try {
      return await this.client.send(command, { abortSignal: signal });
    } catch (error) {
      throw unavailable(error);
    }
  }
}

/** Arrays, maps and rows come as text that cannot be taken apart again. */
const TYPES: Readonly<Record<string, string>> = {
  float: 'real',
  char: 'varchar',
  array: 'varchar',
  map: 'varchar',
  row: 'varchar',
  unknown: 'varchar',
};

function toColumn({ Name, Type, Precision, Scale }: ColumnInfo): ResultColumn {
  const type = Type === 'decimal' ? `decimal(${Precision},${Scale})` : (TYPES[Type!] ?? Type!);
  return { name: Name!, type };
}

/** NULL is nothing at all, an empty text a pair of quotes. */
function csvLine({ Data = [] }: Row): string {
  const fields = Data.map(({ VarCharValue: value }) => (value === undefined ? '' : `"${value.replaceAll('"', '""')}"`));
  return fields.join(',') + RECORD_END;
}

function tooLarge(bytes: number): SqlRejected {
  return new SqlRejected({
    kind: 'result_too_large',
    message: `The result is larger than ${Math.round(bytes / 1e6)} MB.`,
    hint: 'Select fewer columns, aggregate, or add a LIMIT.',
  });
}
