import { type TrinoType } from './trino-type.js';

/** An expression in the engine's words, complete in itself (a name, a literal, a call or in parentheses), and its type. */
export interface Written {
  readonly sql: string;
  readonly type: TrinoType;
}

/** A function call of the author as its rule sees it: arguments are written when asked for. */
export interface Call {
  readonly name: string;
  readonly count: number;
  arg(index: number): Written;
  /** The text of an argument that is a string literal. */
  constant(index: number): string | undefined;
  /** A lambda argument, its parameters being of the given types; its type is the type of the body. */
  lambda(index: number, parameterTypes: readonly TrinoType[]): Written;
  /** The body of a lambda argument with its parameters replaced. */
  body(index: number, parameters: readonly Written[]): Written;
  /** Refuses the call. */
  fail(message: string): never;
}

export type Rule = (call: Call) => Written;

/** The type of a call: a name, or `$1` for the type of the first argument, or worked out from all of them. */
export type ResultType = TrinoType | ((call: Call) => TrinoType);

/** Puts arguments into a template: `$1` to `$9`, and `$*` for all of them separated by commas. */
export function fill(template: string, args: readonly string[]): string {
  return template.replace(/\$([1-9*])/g, (_, which: string) =>
    which === '*' ? args.join(', ') : (args[Number(which) - 1] ?? ''),
  );
}

const arityOf = (template: string): number =>
  Math.max(0, ...[...template.matchAll(/\$([1-9])/g)].map((m) => Number(m[1])));

/** A function that is an expression of its arguments; one template for each number of arguments it takes. */
export function template(type: ResultType, ...templates: readonly string[]): Rule {
  const byArity = new Map(templates.map((text) => [text.includes('$*') ? -1 : arityOf(text), text]));
  return (call: Call) => {
    const text = byArity.get(call.count) ?? (call.count > 0 ? byArity.get(-1) : undefined);
    if (text === undefined) call.fail(`${call.name} does not take ${counted(call.count)}.`);
    const args = Array.from({ length: call.count }, (_, index) => call.arg(index).sql);
    return { sql: fill(text, args), type: resultType(type, call) };
  };
}

function resultType(type: ResultType, call: Call): TrinoType {
  if (typeof type === 'function') return type(call);
  return type === '$1' ? call.arg(0).type : type;
}

export function counted(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`;
}

/** Refuses a call that does not have between `least` and `most` arguments. */
export function expectArguments(call: Call, least: number, most = least): void {
  if (call.count < least || call.count > most) call.fail(`${call.name} does not take ${counted(call.count)}.`);
}
