import { type CheckedStatement, SqlRejected, type TableSchema } from '../query-engine.js';
import { Gate, type Refusal } from './gate.js';
import { reject } from './reject.js';
import { placeAt } from './sql-text.js';
import type { SqlDialect, Translation } from './sql-dialect.js';
import { PolyglotSqlDialect } from './trino/polyglot.sql-dialect.js';

/** The longest statement that is looked at, as Athena has it. */
export const MAX_SQL_BYTES = 262_144;

/**
 * Judges statements without touching data: reads them in the author's dialect, puts them into the engine's, and has
 * the gate judge what would really run. Loads the parser and an engine, so it lives in a worker process.
 */
export class SqlChecker {
  private constructor(
    private readonly dialect: SqlDialect,
    private readonly gate: Gate,
  ) {}

  static async create(): Promise<SqlChecker> {
    return new SqlChecker(await PolyglotSqlDialect.create(), await Gate.create());
  }

  /** Throws `SqlRejected` for a statement that may not run. */
  async check(sql: string, tables: readonly TableSchema[]): Promise<CheckedStatement> {
    expectReadableText(sql);
    const translation = this.translate(sql, tables);
    const refusal = await this.gate.judge(translation.engineSql, new Set(translation.tables));
    if (refusal) refuse(refusal);
    return translation;
  }

  /** Whatever else goes wrong with a text is the text's fault too, and must not look like a failure of the service. */
  private translate(sql: string, tables: readonly TableSchema[]): Translation {
    try {
      return this.dialect.translate(sql, tables);
    } catch (error) {
      if (error instanceof SqlRejected) throw error;
      return reject('not_allowed', 'The statement is written in a way that is not understood here.', {
        hint: 'Leave out parts of it to find the one at fault.',
      });
    }
  }

  close(): void {
    this.gate.close();
  }
}

function expectReadableText(sql: string): void {
  const bytes = Buffer.byteLength(sql, 'utf8');
  if (bytes > MAX_SQL_BYTES) {
    reject('not_allowed', `The statement is ${bytes} bytes long; at most ${MAX_SQL_BYTES} bytes are read.`, {
      hint: 'Shorten it.',
    });
  }
  const nul = sql.indexOf('\0');
  if (nul !== -1)
    reject('syntax', 'The statement has a NUL character.', { place: placeAt(sql, nul), hint: 'Remove it.' });
}

/** Translation writes nothing that the gate does not know, so its refusals are for what nobody foresaw: they say little. */
function refuse({ what, name }: Refusal): never {
  if (what === 'table') reject('unknown_table', `There is no table ${name}.`);
  if (what === 'function') reject('not_allowed', `The function ${name} is not available.`);
  reject('not_allowed', 'This statement uses something that is not available.');
}
