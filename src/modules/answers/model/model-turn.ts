import type { ChartSpec } from '../domain/chart.js';
import { knownNumerals } from '../domain/numerals.js';
import { VerifiedText } from '../domain/verified-text.js';
import type { Turn } from '../turn.js';

/** What a tool wants to know of the user before the model goes on. */
export type Asking =
  | { readonly kind: 'clarify'; readonly question: string; readonly options: readonly string[] }
  | { readonly kind: 'approve'; readonly reasons: readonly string[]; readonly sql: string };

/** A turn that a language model works on, with what its tools leave behind. */
export class ModelTurn {
  chart: ChartSpec | undefined;
  asking: Asking | undefined;
  /** Has the model write another statement for the question; undefined when it does not. */
  writeOther: (nth: number) => Promise<string | undefined> = () => Promise.resolve(undefined);
  private failed = 0;
  private readonly known: ReadonlySet<string>;
  private readonly names: ReadonlySet<string>;

  constructor(readonly turn: Turn) {
    const asked = turn.history.filter(({ role }) => role === 'user').map(({ content }) => content);
    this.known = knownNumerals([...asked, turn.question]);
    this.names = new Set(
      turn.catalog.tables.flatMap(({ table, columns }) => [table, ...columns.map(({ name }) => name.toLowerCase())]),
    );
  }

  /** A statement was refused, or failed. */
  noteFailure(): void {
    this.failed += 1;
  }

  get mayRepair(): boolean {
    return this.failed <= this.turn.limits.repairs;
  }

  /** For a text that the model writes. */
  verifiedText(): VerifiedText {
    return new VerifiedText({
      results: () => this.turn.results,
      documents: () => this.turn.documents,
      known: this.known,
      names: this.names,
    });
  }
}
