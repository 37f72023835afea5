import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DocumentKind } from '../../../providers/connectors/source-document.js';
import { nearest } from '../../../providers/query-engine/dialect/nearest.js';
import { stemKey, wordsOf } from '../../../translator/text/words.js';
import { VerifiedQuestions } from '../../feedback/verified-questions.service.js';
import { SqlRefused } from '../../queries/errors.js';
import { beginningOf, fenced } from '../../tools/domain/fenced.js';
import type { JsonObject, ToolContext, ToolResult } from '../../tools/tool.js';
import { ToolRegistry } from '../../tools/tool-registry.js';
import { repairCheck } from '../answer-parts.js';
import { AnswerQueries } from '../answer-queries.js';
import { DocumentPassages } from '../document-passages.js';
import { chartAsked, type ChartSpec } from '../domain/chart.js';
import { knownNames } from '../domain/known-names.js';
import { AnswerQueryFailed, NoQueriesLeft, ToolRefused } from '../errors.js';
import { OtherStatements, type Own } from '../other-statements.js';
import type { Turn } from '../turn.js';
import { tableText } from './catalog-text.js';
import type { ModelTurn } from './model-turn.js';
import { resultText } from './result-text.js';
import { toolDefinitions, type ToolName } from './tool-definitions.js';

/** What a model asks of documents. */
interface DocumentWish {
  readonly query: string;
  readonly kind?: DocumentKind;
  readonly author?: string;
  readonly from?: string;
  readonly to?: string;
}

const maximumContent = 16_000;
const mostFound = 10;

/** The tools that come with the service, for the turns that language models work on in this process. */
@Injectable()
export class ModelTools implements OnModuleInit {
  private readonly turns = new Map<string, ModelTurn>();

  constructor(
    private readonly registry: ToolRegistry,
    private readonly queries: AnswerQueries,
    private readonly others: OtherStatements,
    private readonly verified: VerifiedQuestions,
    private readonly passages: DocumentPassages,
  ) {}

  onModuleInit(): void {
    const implementations: Readonly<Record<ToolName, (turn: ModelTurn, input: never) => string | Promise<string>>> = {
      search_catalog: (turn, { query }: { query: string }) => searchCatalog(turn, query),
      describe_table: (turn, { table }: { table: string }) => describeTable(turn, table),
      search_values: (turn, { text }: { text: string }) => searchValues(turn, text),
      find_verified: (turn, { question }: { question: string }) => this.findVerified(turn, question),
      check_sql: (turn, { sql }: { sql: string }) => this.checkSql(turn, sql),
      run_sql: (turn, { sql }: { sql: string }) => this.runSql(turn, sql),
      make_chart: makeChart,
      search_documents: (turn, input: DocumentWish) => this.searchDocuments(turn, input),
      ask_user: askUser,
    };
    for (const name of Object.keys(toolDefinitions) as ToolName[]) {
      const run = async ({ runId }: ToolContext, input: JsonObject) => {
        const turn = this.turns.get(runId ?? '');
        if (!turn) throw new ToolRefused('This tool works in conversations only.');
        return shown(await implementations[name](turn, input as never), name);
      };
      this.registry.register({ name, ...toolDefinitions[name], kind: 'builtin', run });
    }
  }

  /** From now on tools may be called for the turn; returns what is to be called when it is over. */
  enter(turn: ModelTurn): () => void {
    this.turns.set(turn.turn.runId, turn);
    return () => void this.turns.delete(turn.turn.runId);
  }

  /** Runs a statement whose cost the user has agreed to. */
  async runApproved(turn: ModelTurn, sql: string): Promise<ToolResult> {
    return shown(await this.runSql(turn, sql, true), 'run_sql');
  }

  private compare(model: ModelTurn, own: Own): Promise<boolean> {
    return this.others.compare(model.turn, own, (nth) => model.writeOther(nth));
  }

  private async findVerified({ turn }: ModelTurn, question: string): Promise<string> {
    const found = await this.verified.match(turn.caller.workspaceId, question);
    const isReadable = found?.tables.every((table) => turn.catalog.tables.some((each) => each.table === table));
    if (!found || !isReadable) return 'There is none.';
    return JSON.stringify({ question: found.question, sql: found.sql, parameters: found.parameters });
  }

  private async searchDocuments({ turn }: ModelTurn, { query, kind, author, from, to }: DocumentWish): Promise<string> {
    if (!turn.caller.permissions.has('documents:read')) throw new ToolRefused('The user may not read documents.');
    const found = await this.passages.find(turn, query, {
      ...(kind !== undefined && { kind }),
      ...(author !== undefined && { author }),
      ...(from !== undefined && { from: dayOf(from) }),
      ...(to !== undefined && { to: dayOf(to) }),
    });
    if (found.length === 0) return 'Nothing was found.';
    return found
      .map(({ number, title, source, container, author: by, time, quote }) =>
        JSON.stringify({ passage: `d${number}`, title, source, container, author: by, time, quote }),
      )
      .join('\n');
  }

  private async checkSql(model: ModelTurn, sql: string): Promise<string> {
    refuseWithoutRepairs(model);
    try {
      const prepared = await this.queries.prepare(model.turn, { sql });
      const { estimate, plan } = prepared;
      const { bytes_scanned, cost_usd, decision, reasons } = estimate;
      if (decision === 'allow') await this.queries.dryRun(model.turn, prepared);
      return JSON.stringify({
        accepted: true,
        bytes_scanned,
        cost_usd,
        decision,
        reasons,
        warnings: plan.statement.warnings,
      });
    } catch (error) {
      throw asRefusal(model, sql, error);
    }
  }

  private async runSql(model: ModelTurn, sql: string, approved = false): Promise<string> {
    refuseWithoutRepairs(model);
    const { turn } = model;
    try {
      const prepared = await this.queries.prepare(turn, { sql });
      const reasons = this.queries.reasonsToAsk(prepared);
      if (reasons && !approved) {
        model.asking = { kind: 'approve', reasons, sql };
        return 'The user is asked.';
      }
      const found = await this.queries.executeLinked(turn, prepared);
      const isAgreed = found.instead !== undefined || (await this.compare(model, { prepared, result: found.result }));
      return resultText(turn.results.length, found, isAgreed ? [] : othersOf(turn));
    } catch (error) {
      throw asRefusal(model, sql, error);
    }
  }
}

/** Statements that found something else, for the model to think again. */
function othersOf({ compared }: Turn): readonly string[] {
  return compared?.others.flatMap(({ sql, found }) => (found === undefined ? [] : [sql])) ?? [];
}

function refuseWithoutRepairs(model: ModelTurn): void {
  if (!model.mayRepair)
    throw new ToolRefused('Too many statements have failed. Answer with what you have, or say that you cannot.');
}

/**
 * What is wrong with a statement goes back to the model, with what there is: it must not guess. Everything else is not
 * its business.
 */
function asRefusal(model: ModelTurn, sql: string, error: unknown): unknown {
  if (error instanceof NoQueriesLeft) return new ToolRefused(`${error.message} Answer with what you have.`);
  if (!(error instanceof SqlRefused || error instanceof AnswerQueryFailed)) return error;
  const { fault } = error;
  model.noteFailure();
  model.turn.note([repairCheck(fault)]);
  const { kind, message, line, column, hint } = fault;
  const there_is = knownNames(fault, sql, model.turn.catalog.tables);
  return new ToolRefused(JSON.stringify({ accepted: false, kind, message, line, column, hint, there_is }));
}

function searchCatalog({ turn }: ModelTurn, query: string): string {
  const wanted = wordsOf(query);
  const ranked = turn.catalog.tables
    .map((table) => {
      const text = ` ${stemKey(tableText(table))} `;
      return { table, hits: wanted.filter((word) => text.includes(stemKey(word))).length };
    })
    .filter(({ hits }) => hits > 0)
    .sort((one, other) => other.hits - one.hits)
    .slice(0, mostFound);
  if (ranked.length === 0) return `Nothing. The tables are: ${namesOf(turn.catalog.tables)}.`;
  return ranked
    .map(
      ({ table: { table, description = '', columns } }) =>
        `${table}: ${description} (${columns.map(({ name }) => name).join(', ')})`,
    )
    .join('\n');
}

function describeTable({ turn }: ModelTurn, name: string): string {
  const found = turn.catalog.tables.find(({ table }) => table === name.toLowerCase());
  if (found) return tableText(found);
  const near = nearest(
    name,
    turn.catalog.tables.map(({ table }) => table),
  );
  throw new ToolRefused(
    `There is no such table. ${near.length > 0 ? `The nearest names are ${near.join(', ')}.` : `The tables are: ${namesOf(turn.catalog.tables)}.`}`,
  );
}

function searchValues({ turn }: ModelTurn, text: string): string {
  const { values } = turn.catalog;
  const key = stemKey(text);
  const near = wordsOf(text).flatMap((word) => values.similarWords(word).slice(0, 3));
  const found = [
    ...values.whole(key),
    ...values.containing(key.split(' ')),
    ...near.flatMap((word) => values.whole(stemKey(word))),
  ];
  const unique = new Map(found.map((value) => [JSON.stringify(value), value]));
  return unique.size === 0 ? 'Nothing like it is stored.' : JSON.stringify([...unique.values()].slice(0, 20));
}

function makeChart(model: ModelTurn, { query, mark }: { query?: number; mark?: ChartSpec['mark'] }): string {
  const { results } = model.turn;
  const result = results[(query ?? results.length) - 1];
  const spec = result && chartAsked(result, mark);
  if (!spec)
    throw new ToolRefused(
      'There is no result that could be drawn: a chart needs two to four columns, and several rows.',
    );
  model.chart = spec;
  return 'The chart is shown beside the answer.';
}

function askUser(model: ModelTurn, { question, options }: { question: string; options: readonly string[] }): string {
  const verified = [question, ...options].map((text) => {
    const each = model.verifiedText();
    each.push(text);
    each.end();
    return each;
  });
  const [first] = verified.flatMap(({ faults }) => faults);
  if (first !== undefined)
    throw new ToolRefused(`${JSON.stringify(first)} comes from no result: refer to cells instead.`);
  const [asked, ...offered] = verified.map(({ text }) => text);
  model.asking = { kind: 'clarify', question: asked!, options: [...new Set(offered)] };
  return 'The user is asked.';
}

function dayOf(day: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(time)) throw new ToolRefused(`${JSON.stringify(day)} is no day such as 2026-01-31.`);
  return new Date(time).toISOString();
}

function namesOf(tables: readonly { readonly table: string }[]): string {
  return tables
    .slice(0, 50)
    .map(({ table }) => table)
    .join(', ');
}

function shown(text: string, name: ToolName): ToolResult {
  const { content, truncated } = beginningOf(text, maximumContent);
  return { content: fenced(content, name), truncated };
}
