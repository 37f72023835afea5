/** What an answer was made from. */
export interface AnswerSource {
  /** The question as it was understood, standing on its own; absent where no query was run. */
  readonly question?: string;
  readonly sql?: string;
  readonly tables: readonly string[];
}

/** Reads what a message carries besides its text; whatever is not as it should be counts as absent. */
export function answerSource(attachments: string | undefined): AnswerSource {
  const { provenance } = (attachments === undefined ? {} : JSON.parse(attachments)) as { provenance?: unknown };
  const { question, queries } = (provenance ?? {}) as { question?: unknown; queries?: unknown };
  // The last query is the one that the answer is about.
  const { sql, tables } = ((Array.isArray(queries) ? queries.at(-1) : undefined) ?? {}) as {
    sql?: unknown;
    tables?: unknown;
  };
  return {
    ...(typeof question === 'string' && { question }),
    ...(typeof sql === 'string' && { sql }),
    tables: (Array.isArray(tables) ? tables : []).flatMap((each: { table?: unknown } | null) =>
      typeof each?.table === 'string' ? [each.table] : [],
    ),
  };
}
