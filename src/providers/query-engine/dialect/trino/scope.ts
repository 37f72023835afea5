import type { TrinoType } from './trino-type.js';
import type { Written } from './rule.js';

/** A column of a relation; `origin` is where it is stored when it comes from a table unchanged. */
export interface OutputColumn {
  readonly name: string;
  readonly type: TrinoType;
  readonly origin?: { readonly table: string; readonly column: string } | undefined;
}

/** A table, subquery or UNNEST in FROM. */
export interface Source {
  /** In lower case; empty when it has no name. */
  readonly alias: string;
  readonly columns: readonly OutputColumn[];
}

export type CommonTables = ReadonlyMap<string, readonly OutputColumn[]>;

export interface Found {
  readonly source: Source;
  readonly column: OutputColumn;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** What names mean at one place of a statement: sources of this query, then those of the queries around it. */
export class Scope {
  readonly sources: Source[] = [];
  /** Columns that joins with USING made one, in lower case. */
  readonly merged = new Map<string, TrinoType>();
  /** Output columns that ORDER BY may name, with what they stand for. */
  aliases: ReadonlyMap<string, Written> = new Map();

  constructor(readonly parent?: Scope) {}

  /** The source of a name, here or further out. */
  source(alias: string): Source | undefined {
    return this.sources.find((source) => same(source.alias, alias)) ?? this.parent?.source(alias);
  }

  /** Every column of a name that is visible, all in the innermost query that has one. */
  find(name: string, alias?: string): Found[] {
    const sources = alias === undefined ? this.sources : this.sources.filter((source) => same(source.alias, alias));
    const found = sources.flatMap((source) =>
      source.columns.filter((column) => same(column.name, name)).map((column) => ({ source, column })),
    );
    if (found.length > 0 || this.parent === undefined) return found;
    if (alias !== undefined && sources.length > 0) return [];
    return this.parent.find(name, alias);
  }

  isMerged(name: string): boolean {
    return this.merged.has(name.toLowerCase());
  }

  /** Names a person could have meant. */
  columnNames(alias?: string): string[] {
    const sources = alias === undefined ? this.sources : this.sources.filter((source) => same(source.alias, alias));
    return [...new Set(sources.flatMap((source) => source.columns.map((column) => column.name)))].filter(
      (name) => name !== '',
    );
  }

  sourceNames(): string[] {
    return [
      ...this.sources.map((source) => source.alias).filter((alias) => alias !== ''),
      ...(this.parent?.sourceNames() ?? []),
    ];
  }
}
