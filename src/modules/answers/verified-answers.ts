import { Injectable } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import { VerifiedQuestions } from '../feedback/verified-questions.service.js';
import type { VerifiedQuestion } from '../feedback/feedback.dto.js';
import { SqlRefused } from '../queries/errors.js';
import { approval, expiryAfter, notRun, provenanceOf, said, withAssumptions } from './answer-parts.js';
import { AnswerQueries, type PreparedQuery } from './answer-queries.js';
import { DocumentPassages } from './document-passages.js';
import { chartOf } from './domain/chart.js';
import { fillIn } from './domain/references.js';
import type { ResultTable } from './domain/result-table.js';
import { sayPlainly } from './domain/say-plainly.js';
import type { Turn, TurnResult } from './turn.js';

export interface VerifiedState {
  readonly path: 'verified';
  readonly verified: VerifiedQuestion;
}

/** Answers questions whose SQL somebody has found to be right: nothing is generated. */
@Injectable()
export class VerifiedAnswers {
  constructor(
    private readonly verified: VerifiedQuestions,
    private readonly queries: AnswerQueries,
    private readonly passages: DocumentPassages,
    private readonly clock: Clock,
  ) {}

  /** Undefined when there is none that asks the same, or when its SQL does not fit the tables any more. */
  async answer(turn: Turn): Promise<TurnResult | undefined> {
    const { workspaceId } = turn.caller;
    const found = await turn.step('verified_match', () => this.verified.match(workspaceId, turn.question));
    return found && this.run(turn, found, false);
  }

  async resume(turn: Turn, { verified }: VerifiedState, value: string): Promise<TurnResult> {
    if (value !== 'approve') return said(notRun);
    return (
      (await this.run(turn, verified, true)) ?? said('The verified query does not fit the tables any more. Ask again.')
    );
  }

  private async run(turn: Turn, verified: VerifiedQuestion, approved: boolean): Promise<TurnResult | undefined> {
    const prepared = await this.prepare(turn, verified);
    if (!prepared) return undefined;
    const reasons = this.queries.reasonsToAsk(prepared);
    if (reasons && !approved) {
      const state: VerifiedState = { path: 'verified', verified };
      return { kind: 'ask', interrupt: approval(reasons, expiryAfter(this.clock.now())), state };
    }
    const result = await this.find(turn, prepared);
    if (!result) return undefined;
    const filled = fillIn(sayPlainly(result), turn.results);
    turn.assumptions.push(`this asks the same as the verified question "${verified.question}", whose SQL was run`);
    const { verified_id: id, question } = verified;
    const { content, documents } = await this.passages.beside(turn, withAssumptions(filled.text, turn));
    const provenance = {
      ...provenanceOf(turn),
      ...(documents && { documents }),
      model: { provider: 'verified' },
      verified: { id, question },
      cells: filled.sources,
    };
    return { kind: 'answer', answer: { content, provenance, chart: chartOf(result), query_id: result.queryId } };
  }

  private async prepare(turn: Turn, { sql, parameters }: VerifiedQuestion): Promise<PreparedQuery | undefined> {
    try {
      return await this.queries.prepare(turn, { sql, parameters });
    } catch (error) {
      return notFitting(turn, error);
    }
  }

  private async find(turn: Turn, prepared: PreparedQuery): Promise<ResultTable | undefined> {
    try {
      return (await this.queries.execute(turn, prepared)).result;
    } catch (error) {
      return notFitting(turn, error);
    }
  }
}

/** The statement is as it was; the tables are not. */
function notFitting(turn: Turn, error: unknown): undefined {
  if (!(error instanceof SqlRefused)) throw error;
  turn.note([{ name: 'verified_match', ok: false, detail: 'Its SQL does not fit the tables any more.' }]);
  return undefined;
}
