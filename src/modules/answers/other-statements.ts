import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../providers/clock/clock.js';
import { translate } from '../../translator/translate.js';
import type { Translation } from '../../translator/translation.js';
import { SqlRefused } from '../queries/errors.js';
import { AnswerQueries, type PreparedQuery } from './answer-queries.js';
import { confidenceOf, fingerprintOf, type OtherStatement } from './domain/agreement.js';
import type { ResultTable } from './domain/result-table.js';
import { riskOf } from './domain/risk.js';
import { AnswerQueryFailed, AnswerTooExpensive, NoQueriesLeft } from './errors.js';
import type { Turn } from './turn.js';

type Written = Pick<OtherStatement, 'by' | 'sql'>;

/** What was run and found, to be compared with what others find. */
export interface Own {
  readonly prepared: PreparedQuery;
  readonly result: ResultTable;
}

/** Where the risk of a wrong statement is high, has the question answered by others, too: how far they agree is the confidence. */
@Injectable()
export class OtherStatements {
  constructor(
    private readonly queries: AnswerQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Once for each turn, within its budgets; one query is left for what may follow. `write` has the language model write
   * its n-th statement. Returns false when others found something else.
   */
  async compare(turn: Turn, own: Own, write: (nth: number) => Promise<string | undefined>): Promise<boolean> {
    const most = this.config.statementsPerQuestion - 1;
    if (turn.compared || most < 1) return true;
    const reading = this.reading(turn);
    const { sql, plan } = own.prepared;
    const risk = riskOf({ sql, tables: plan.statement.tables, reading });
    if (risk.length === 0) return true;
    const others = await turn.step('compare', () => this.others(turn, own, reading, most, write));
    turn.compared = { risk, others };
    return this.judge(turn, own.result);
  }

  /** Only for a question that stands on its own. */
  private reading({ question, history, catalog }: Turn): Translation | undefined {
    return history.length > 0 ? undefined : translate(question, catalog.translation, { now: this.clock.now() });
  }

  private async others(
    turn: Turn,
    own: Own,
    reading: Translation | undefined,
    most: number,
    write: (nth: number) => Promise<string | undefined>,
  ): Promise<readonly OtherStatement[]> {
    const others: OtherStatement[] = [];
    if (reading?.kind === 'answer') others.push(await this.run(turn, own, { by: 'builtin', sql: reading.sql }));
    for (let nth = 1; others.length < most; nth += 1) {
      const sql = await write(nth);
      if (sql === undefined) break;
      others.push(await this.run(turn, own, { by: 'model', sql }));
    }
    return others;
  }

  private async run(turn: Turn, { prepared, result }: Own, written: Written): Promise<OtherStatement> {
    if (isSame(written.sql, prepared.sql)) return { ...written, found: fingerprintOf(result) };
    const notRun = (why: string): OtherStatement => ({ ...written, not_run: why });
    if (turn.executed + 1 >= turn.limits.queries) return notRun('No more queries may be run for this answer.');
    try {
      const other = await this.queries.prepare(turn, written);
      if (this.queries.reasonsToAsk(other)) return notRun('It would need to be approved.');
      const found = await this.queries.find(turn, other);
      return { ...written, found: fingerprintOf(found.result), source: found.source };
    } catch (error) {
      if (isOfStatement(error)) return notRun(error.message);
      throw error;
    }
  }

  private judge(turn: Turn, result: ResultTable): boolean {
    const confidence = confidenceOf(turn.compared!, result);
    if (!confidence) return true;
    const ok = confidence.agreement > 0.5;
    const detail = ok
      ? 'Other statements for the same question found the same.'
      : 'Other statements for the same question found something else.';
    turn.note([{ name: 'agreement', ok, detail }]);
    return ok;
  }
}

function isSame(one: string, other: string): boolean {
  const plain = (sql: string) => sql.replaceAll(/[\s;]+/g, ' ').trim();
  return plain(one) === plain(other);
}

function isOfStatement(error: unknown): error is Error {
  return [SqlRefused, AnswerQueryFailed, AnswerTooExpensive, NoQueriesLeft].some((kind) => error instanceof kind);
}
