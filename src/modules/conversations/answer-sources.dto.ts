import { ApiProperty } from '@nestjs/swagger';

const scalar = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] };

/** A table that a query has read. */
export class TableSource {
  /** @example "orders" */
  table!: string;

  /**
   * Which of the table's versions: later ones do not change the answer.
   * @example 3
   */
  version!: number;

  /**
   * Columns that it may have read.
   * @example ["city"]
   */
  columns!: string[];
}

/** A query behind an answer. `POST /api/v1/queries` with its `sql` and `parameters` runs it again. */
export class QuerySource {
  /** @example "qry_01j8x0q0000000000000000000" */
  query_id!: string;

  /**
   * As it was run.
   * @example "SELECT count(*) AS orders FROM orders WHERE city = 'Lisbon'"
   */
  sql!: string;

  @ApiProperty({ type: 'array', items: scalar })
  parameters!: (string | number | boolean | null)[];

  tables!: TableSource[];

  /** @example 48213 */
  bytes_scanned!: number;

  /** US dollars. */
  cost_usd!: number;

  /** @example 1 */
  row_count!: number;

  /** The service cut the result at `policies.max_rows`. */
  truncated!: boolean;

  /** @example "duckdb" */
  engine!: string;

  duration_ms!: number | null;
}

/** Under which rights and limits the answer was made. */
export class AnswerPolicies {
  /**
   * Whose rights: the name of the role of whoever asked.
   * @example "analyst"
   */
  role!: string;

  /** How they had signed in. */
  credential!: 'session' | 'api_token';

  /** The only tables that the chatbot may read; null for all of the workspace. */
  chatbot_tables!: string[] | null;

  /** How many tables the question could be answered from. */
  readable_tables!: number;

  /** Every statement is one SELECT. */
  read_only!: true;

  /** Results are cut after so many rows. */
  max_rows!: number;

  /** Above this estimate a person is asked. */
  ask_above_bytes!: number;

  /** Above this estimate the query is refused. */
  refuse_above_bytes!: number;

  /** The most that may be run for one answer. */
  max_queries!: number;

  /** The most that may be corrected for one answer. */
  max_repairs!: number;
}

/** What language models have used. */
export class AnswerModelUsage {
  input_tokens!: number;
  output_tokens!: number;

  /** US dollars; null when the price of a model is not known. */
  cost_usd!: number | null;

  /** A part of it was not told by the provider, but taken from the number of characters. */
  estimated?: true;
}

/** What all queries and models of an answer have taken together. */
export class AnswerCost {
  /** @example 1 */
  queries!: number;

  bytes_scanned!: number;

  /** US dollars. */
  queries_usd!: number;

  /** Absent where no model was asked. */
  model?: AnswerModelUsage;
}

/** Something that was looked at before the answer was given. */
export class AnswerCheck {
  /** @example "empty_result" */
  name!: string;

  ok!: boolean;
  detail!: string;
}

/** Another statement for the same question. */
export class ComparedStatement {
  by!: 'model' | 'builtin';
  sql!: string;
  query_id?: string;

  /** Why it was not run. */
  not_run?: string;

  /** Whether it came to the answer's result; null when it was not run. */
  agrees!: boolean | null;
}

/** How far other statements for the same question came to the same result. */
export class AnswerConfidence {
  /**
   * 0 to 1: the share of the statements that were run, the answer's own among them, with the answer's result.
   * @example 0.67
   */
  agreement!: number;

  /** Why the question was looked at more than once. */
  risk!: string[];

  others!: ComparedStatement[];
}

/** Which value of an answer is which cell of a result. */
export class CellSource {
  /**
   * As the answer shows it.
   * @example "41"
   */
  text!: string;

  query_id!: string;

  /** Counted from 0. Absent for the number of rows. */
  row?: number;

  column?: string;

  /** As the result holds it. */
  @ApiProperty(scalar)
  value!: unknown;
}

export class AnswerModel {
  /** `builtin`, or the provider of a language model. */
  provider!: string;
  model_id?: string;
}

export class AnswerChatbot {
  id!: string;
  version!: number;
}

export class AnswerVerifiedQuestion {
  id!: string;
  question!: string;
}

/** A passage of a document that was found for an answer. Others wrote it: show it as text, never as a page. */
export class DocumentSource {
  /**
   * By which the answer refers to it: [1].
   * @example 1
   */
  number!: number;

  /** @example "doc_01j8x0q0000000000000000000" */
  document_id!: string;

  /** @example "How long does a refund take?" */
  title!: string | null;

  /**
   * Name of the source that it comes from.
   * @example "Support channels"
   */
  source!: string;

  /**
   * The channel or project that it is in.
   * @example "#support"
   */
  container!: string;

  /** @example "Grace Hopper" */
  author!: string | null;

  /** When it was written. */
  time!: string;

  /** Where it stands at its source. */
  url!: string;

  /** @example "The refund takes two weeks." */
  quote!: string;

  /**
   * Where the quote stands in the document's text, in UTF-16 units. The document may have been changed since.
   * @example 120
   */
  start!: number;

  /**
   * Behind its last.
   * @example 147
   */
  end!: number;

  /** Whether the answer refers to it. */
  cited!: boolean;
}

/** Where an answer comes from: enough to judge it, and to run it again. */
export class AnswerProvenance {
  /** The question as it was understood, standing on its own. */
  question!: string;

  /** @example "number of orders where city is Lisbon" */
  understood?: string;

  /** What the built-in translator means to compute: tables, measures, groups, filters, order. */
  @ApiProperty({ type: 'object', additionalProperties: true, selfRequired: false })
  plan?: object;

  assumptions!: string[];

  /** Who wrote the SQL. */
  model!: AnswerModel;

  chatbot!: AnswerChatbot;

  /** The verified question whose stored SQL was run. */
  verified?: AnswerVerifiedQuestion;

  policies!: AnswerPolicies;

  /** The last one is what the answer is about. */
  queries!: QuerySource[];

  cost!: AnswerCost;
  checks!: AnswerCheck[];

  /** Present where the risk was high, so that the statement was compared with others for the same question. */
  confidence?: AnswerConfidence;

  /** Passages of documents that were found for it; absent where none were looked for. */
  documents?: DocumentSource[];

  cells!: CellSource[];
}

/** Which column goes where. */
export class ChartEncoding {
  /** @example "city" */
  field!: string;

  type!: 'quantitative' | 'temporal' | 'ordinal' | 'nominal';
}

export class ChartEncodings {
  x!: ChartEncoding;
  y!: ChartEncoding;

  /** Tells groups apart. */
  color?: ChartEncoding;
}

/** How to draw a result. It holds no rows: they are read from the query, so picture and table cannot drift apart. */
export class AnswerChart {
  query_id!: string;

  /** `arc` draws a pie. */
  mark!: 'bar' | 'line' | 'area' | 'point' | 'arc';

  encoding!: ChartEncodings;
}

/** What a reader thinks of an answer. */
export class AnswerFeedback {
  feedback_id!: string;
  rating!: 'up' | 'down';
  reason!: string | null;
  comment!: string | null;
  corrected_sql!: string | null;
  created_at!: string;
  updated_at!: string;
}
