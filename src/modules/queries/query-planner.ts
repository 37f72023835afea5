import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import {
  type CheckedStatement,
  type Estimate,
  QueryEngine,
  type QueryParameter,
  type SqlFault,
  SqlRejected,
  type TableSchema,
} from '../../providers/query-engine/query-engine.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { TablesService, type TableSnapshot } from '../tables/tables.service.js';
import { SqlRefused } from './errors.js';

/** A statement that may be run, with the data it will read. */
export interface QueryPlan {
  readonly statement: CheckedStatement;
  readonly schemas: readonly TableSchema[];
  readonly snapshot: readonly TableSnapshot[];
  readonly estimate: Estimate;
  /** Name of the engine. */
  readonly engine: string;
}

/** Athena's own limit for a statement's text in UTF-8. */
const maxSqlBytes = 262_144;

const nothing: Estimate = { tables: [], bytesScanned: 0, costUsd: 0 };

/** Refusals that may be attempts to reach what is not theirs. */
const audited: ReadonlySet<SqlFault['kind']> = new Set(['not_read_only', 'not_allowed', 'unknown_table']);

/** Judges statements before any engine sees data, and pins down the versions of the tables that they read. */
@Injectable()
export class QueryPlanner {
  constructor(
    private readonly engine: QueryEngine,
    private readonly tables: TablesService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * With `only`, every other table is as if it were not there. Throws `SqlRefused`, or `InvalidRequest` for a text that
   * is too long.
   */
  async plan(caller: Caller, sql: string, only?: readonly string[]): Promise<QueryPlan> {
    const { statement, schemas } = await this.check(caller, sql, only);
    const reads = statement.tables.length > 0;
    const snapshot = reads ? await this.tables.snapshot(caller.workspaceId, statement.tables) : [];
    const estimate = reads ? await this.engine.estimate(statement, snapshot) : nothing;
    return { statement, schemas, snapshot, estimate, engine: this.engine.name };
  }

  /** Whether the statement may be run, without looking at any data. Throws as `plan` does. */
  async check(
    caller: Caller,
    sql: string,
    only?: readonly string[],
  ): Promise<{ statement: CheckedStatement; schemas: readonly TableSchema[] }> {
    refuseTooLong(sql);
    const all = await this.tables.schemas(caller.workspaceId);
    const schemas = only ? all.filter(({ table }) => only.includes(table)) : all;
    try {
      return { statement: await this.engine.check(sql, schemas), schemas };
    } catch (error) {
      if (!(error instanceof SqlRejected)) throw error;
      await this.record(caller, error.fault);
      throw new SqlRefused(error.fault);
    }
  }

  /** Has the engine itself plan the statement over the data that it will read, without reading it. Throws `SqlRefused`. */
  async dryRun(
    { workspaceId }: Pick<Caller, 'workspaceId'>,
    sql: string,
    parameters: readonly QueryParameter[],
    { statement, schemas, snapshot: tables }: QueryPlan,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await this.engine.dryRun({ workspaceId, statement, userSql: sql, schemas, tables, parameters, signal });
    } catch (error) {
      throw error instanceof SqlRejected ? new SqlRefused(error.fault) : error;
    }
  }

  /** Without the message: that repeats parts of the statement. */
  private async record(caller: Caller, { kind, line, column }: SqlFault): Promise<void> {
    if (!audited.has(kind)) return;
    await this.audit.record({ ...caller, action: 'query.refused', outcome: 'denied', detail: { kind, line, column } });
  }
}

function refuseTooLong(sql: string): void {
  const bytes = Buffer.byteLength(sql);
  if (bytes <= maxSqlBytes) return;
  throw new InvalidRequest([
    { pointer: '/sql', detail: `has ${bytes} bytes in UTF-8, and at most ${maxSqlBytes} are accepted` },
  ]);
}
