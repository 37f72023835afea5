import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Catalog, type CatalogTable } from '../../providers/catalog/catalog.js';
import { translationContext, type TranslationContext } from '../../translator/translate.js';
import type { ValueLookup } from '../../translator/translation.js';
import { MemoryValues } from '../../translator/values/memory-values.js';
import type { Caller } from '../access/caller.js';
import { TableValues } from '../tables/table-values.js';

/** What a question may be asked of. */
export interface CatalogContext {
  /** The tables that may be read, by name. */
  readonly tables: readonly CatalogTable[];
  /** Names of the workspace's other tables: to say that they are not to be asked about here, never what is in them. */
  readonly others: readonly string[];
  /** Texts that the tables hold. */
  readonly values: ValueLookup;
  readonly translation: TranslationContext;
}

interface Kept {
  readonly state: string;
  readonly context: Promise<CatalogContext>;
  values: number;
}

/** Values of one context, the most frequent of each table first. */
const mostValues = 40_000;
/** Values of all contexts that are kept. */
const mostKeptValues = 120_000;
const mostKept = 100;
/** Values that are added before others get their turn: a few milliseconds. */
const addedAtOnce = 300;

/** The catalog as questions need it, kept for as long as it stays as it is. */
@Injectable()
export class CatalogContexts {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly catalog: Catalog,
    private readonly tableValues: TableValues,
  ) {}

  /** With `only`, the other tables of the workspace are out of bounds. */
  async of({ workspaceId }: Caller, only: readonly string[] | undefined): Promise<CatalogContext> {
    const all = await this.catalog.all(workspaceId);
    const key = JSON.stringify([workspaceId, only?.toSorted()]);
    const state = all.map(({ table, data_version, updated_at }) => `${table} ${data_version} ${updated_at}`).join('\n');
    const known = this.kept.get(key);
    if (known?.state === state) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.context;
    }
    const kept: Kept = {
      state,
      context: this.read(workspaceId, all, only, (count) => (kept.values += count)),
      values: 0,
    };
    this.keep(key, kept);
    return kept.context;
  }

  private async read(
    workspaceId: string,
    all: readonly CatalogTable[],
    only: readonly string[] | undefined,
    counted: (values: number) => void,
  ): Promise<CatalogContext> {
    const tables = all.filter(({ table }) => !only || only.includes(table));
    const values = new MemoryValues();
    const each = Math.floor(mostValues / Math.max(1, tables.length));
    for (const { table } of tables) {
      const stored = await this.tableValues.read(workspaceId, table, each);
      counted(stored.length);
      for (let start = 0; start < stored.length; start += addedAtOnce) {
        values.add(stored.slice(start, start + addedAtOnce).map(({ column, value }) => ({ table, column, value })));
        await turnOfOthers();
      }
    }
    const others = all.filter((table) => !tables.includes(table)).map(({ table }) => table);
    return { tables, others, values, translation: translationContext({ tables, values }) };
  }

  private keep(key: string, kept: Kept): void {
    this.kept.delete(key);
    this.kept.set(key, kept);
    kept.context.then(
      () => this.forgetOldest(),
      () => this.kept.get(key) === kept && this.kept.delete(key),
    );
  }

  private forgetOldest(): void {
    let values = [...this.kept.values()].reduce((sum, each) => sum + each.values, 0);
    for (const [key, kept] of this.kept) {
      if (this.kept.size <= 1 || (values <= mostKeptValues && this.kept.size <= mostKept)) return;
      this.kept.delete(key);
      values -= kept.values;
    }
  }
}
