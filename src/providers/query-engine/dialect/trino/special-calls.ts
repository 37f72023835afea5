import { quoteText } from '../sql-text.js';
import { as, type Expression, textOf } from './ast.js';
import type { NamedCall } from './call-writer.js';
import type { ExpressionWriter } from './expression-writer.js';
import { type Written } from './rule.js';
import { commonType } from './trino-type.js';

/** Calls that are more than a function of their arguments' values. */
export function writeSpecialCall(writer: ExpressionWriter, { name, args }: NamedCall): Written | undefined {
  const { context } = writer;
  switch (name) {
    case 'coalesce':
      return joined(writer, 'coalesce', args);
    case 'nullif':
      return args.length === 2
        ? { ...joined(writer, 'nullif', args), type: writer.write(args[0] ?? {}).type }
        : undefined;
    case 'if':
      return conditional(writer, args);
    case 'try':
      return attempt(writer, args);
    case 'typeof':
      return typeName(writer, args);
    case 'grouping':
      return { sql: `grouping(${writer.list(args)})`, type: 'bigint' };
    case 'unicode_string':
      return { sql: quoteText(unicodeText(textOf(args[0]) ?? '')), type: 'varchar' };
    case 'table':
      return context.refuse('TABLE(…) functions are not available.');
    default:
      return undefined;
  }
}

function joined(writer: ExpressionWriter, name: string, args: readonly Expression[]): Written {
  const written = args.map((arg) => writer.write(arg));
  const sql = `${name}(${written.map((each) => each.sql).join(', ')})`;
  return { sql, type: commonType(written.map((each) => each.type)) };
}

function conditional(writer: ExpressionWriter, [condition = {}, then = {}, otherwise]: readonly Expression[]): Written {
  const [test, yes] = [writer.write(condition), writer.write(then)];
  const no = otherwise && writer.write(otherwise);
  const sql = `(CASE WHEN ${test.sql} THEN ${yes.sql}${no ? ` ELSE ${no.sql}` : ''} END)`;
  return { sql, type: no ? commonType([yes.type, no.type]) : yes.type };
}

/**
 * The engine's TRY cannot hold aggregates or subqueries; around those, only what fails most often is made lenient:
 * divisions and casts.
 */
function attempt(writer: ExpressionWriter, args: readonly Expression[]): Written | undefined {
  const { context } = writer;
  if (args.length !== 1) return undefined;
  const crossed = context.crossesRows;
  context.crossesRows = false;
  context.tryDepth += 1;
  const { sql, type } = writer.write(args[0] ?? {});
  context.tryDepth -= 1;
  const wrapped = context.crossesRows ? sql : `TRY(${sql})`;
  context.crossesRows ||= crossed;
  return { sql: wrapped, type };
}

function typeName(writer: ExpressionWriter, args: readonly Expression[]): Written | undefined {
  if (args.length !== 1) return undefined;
  const { sql, type } = writer.write(args[0] ?? {});
  if (type === undefined || type.includes('?')) return { sql: `lower(typeof(${sql}))`, type: 'varchar' };
  const literal = as<{ literal_type: string; value: string }>(args[0], 'literal');
  const shown = literal?.literal_type === 'string' ? `varchar(${[...literal.value].length})` : type;
  return { sql: quoteText(shown), type: 'varchar' };
}

/** `U&'\0041'`: escapes of four or six hexadecimal digits. */
function unicodeText(text: string): string {
  return text.replace(/\\(?:\+([0-9a-f]{6})|([0-9a-f]{4})|(\\))/gi, (_, six?: string, four?: string) => {
    const digits = six ?? four;
    return digits === undefined ? '\\' : String.fromCodePoint(Number.parseInt(digits, 16));
  });
}
