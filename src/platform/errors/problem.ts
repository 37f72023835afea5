/** What every occurrence of one kind of problem has in common. `/problems/<slug>` shows it to whoever meets it. */
export interface ProblemKind {
  /** Last segment of the `type` URL; never changes once released. */
  readonly slug: string;
  /** One short line, the same for every occurrence. */
  readonly title: string;
  /** HTTP status code. */
  readonly status: number;
  /** What the reader can do about it, in one or two sentences. */
  readonly help: string;
}

/** One fault inside a request: `pointer` is a JSON Pointer into the body (`/columns/0/type`) or `?name` for a query parameter. */
export interface ProblemPart {
  readonly pointer: string;
  readonly detail: string;
}

export interface ProblemExtras {
  readonly errors?: readonly ProblemPart[];
  /** Response headers that belong to the problem, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Additional members of the problem document (RFC 9457 §3.2), such as `current_version`. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * An error that is meant to be read by the person or program that caused it. `message` is the `detail` of the
 * problem document: it names the thing, says what is wrong with it, and holds no path, secret or engine internals.
 * The same object is rendered in HTTP responses, in failed jobs and in socket frames.
 */
export abstract class Problem extends Error {
  abstract readonly kind: ProblemKind;
  readonly errors: readonly ProblemPart[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(detail: string, extras: ProblemExtras = {}) {
    super(detail, { cause: extras.cause });
    this.name = new.target.name;
    this.errors = extras.errors;
    this.headers = extras.headers ?? {};
    this.members = extras.members ?? {};
  }
}

const kinds = new Map<string, ProblemKind>();

/**
 * Declares a kind of problem and returns the class to extend:
 * `class UploadNotFound extends problem({ slug: 'upload-not-found', … }) { constructor(id: string) { super(`There is no upload ${id}.`); } }`
 */
export function problem(kind: ProblemKind) {
  if (kinds.has(kind.slug)) throw new Error(`The problem ${kind.slug} is declared twice.`);
  kinds.set(kind.slug, kind);
  return class extends Problem {
    static readonly kind = kind;
    readonly kind = kind;
  };
}

/** Every kind that has been declared by the modules loaded so far, by slug. */
export function declaredProblems(): readonly ProblemKind[] {
  return [...kinds.values()].sort((a, b) => a.slug.localeCompare(b.slug));
}
