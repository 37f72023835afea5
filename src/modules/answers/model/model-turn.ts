import type { ChartSpec } from '../domain/chart.js';
import { knownNumerals } from '../domain/numerals.js';
import { VerifiedText } from '../domain/verified-text.js';
import type { Turn } from '../turn.js';

/** What a tool wants to know of the user before the model goes on. */
export type Asking =
  | { readonly kind: 'clarify'; readonly question: string; readonly options: readonly string[] }
  | { readonly kind: 'approve'; readonly reasons: readonly string[]; readonly sql: string };

export interface ModelLimits {
  readonly queries: number;
  readonly repairs: number;
}

/** A turn that a language model works on, with what its tools leave behind. */
export class ModelTurn {
  chart: ChartSpec | undefined;
  asking: Asking | undefined;
  private executed: number;
  private failed = 0;
  private readonly known: ReadonlySet<string>;
  private readonly names: ReadonlySet<string>;

  constructor(
    readonly turn: Turn,
    private readonly limits: ModelLimits,
  ) {
    this.executed = turn.queries.length;
    const asked = turn.history.filter(({ role }) => role === 'user').map(({ content }) => content);
    this.known = knownNumerals([...asked, turn.question]);
    this.names = new Set(
      turn.catalog.tables.flatMap(({ table, columns }) => [table, ...columns.map(({ name }) => name.toLowerCase())]),
    );
  }

  /** False when the turn has run as many queries as it may. */
  takeQuery(): boolean {
    if (this.executed >= this.limits.queries) return false;
    this.executed += 1;
    return true;
  }

  /** A statement was refused, or failed. */
  noteFailure(): void {
    this.failed += 1;
  }

  get mayRepair(): boolean {
    return this.failed <= this.limits.repairs;
  }

  /** For a text that the model writes. */
  verifiedText(): VerifiedText {
    return new VerifiedText({ results: () => this.turn.results, known: this.known, names: this.names });
  }
}
