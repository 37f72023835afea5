import { quoteName } from '../sql-text.js';
import type { Identifier, Unnest } from './ast.js';
import type { ExpressionWriter } from './expression-writer.js';
import type { OutputColumn } from './scope.js';
import { elementType, isMap, keyType, rowFields, type TrinoType, valueType } from './trino-type.js';
import type { Written } from './rule.js';

interface Unnested {
  /** What is unnested in the engine: a list. */
  readonly list: string;
  /** What is made of each unnested value. */
  readonly column: (value: string) => string;
  readonly type: TrinoType;
  readonly name: string;
}

/**
 * UNNEST of arrays side by side, the shorter filled with NULL; a map gives two columns, an array of rows one for each
 * field, and WITH ORDINALITY a last one that counts from 1.
 */
export function writeUnnest(
  writer: ExpressionWriter,
  unnest: Unnest,
  alias: Identifier | undefined,
  names: readonly Identifier[],
): string {
  const { scope, context } = writer;
  const args = [unnest.this, ...(unnest.expressions ?? [])].map((expression) => writer.write(expression));
  const wanted = names.length - (unnest.with_ordinality ? 1 : 0);
  const columns = args.flatMap((arg) => columnsOf(arg, args.length === 1 && wanted === 2));
  const outputs: OutputColumn[] = columns.map(({ name, type }, index) => ({ name: names[index]?.name ?? name, type }));
  if (unnest.with_ordinality) outputs.push({ name: names[columns.length]?.name ?? 'ordinality', type: 'bigint' });
  if (names.length > 0 && names.length !== outputs.length) {
    context.refuse(
      `This UNNEST gives ${outputs.length} columns for ${names.length} names.`,
      undefined,
      names[0] && context.placeOf(names[0]),
    );
  }
  const source = alias?.name ?? context.freshName('unnest');
  const lateral = scope.sources.length > 0 ? 'LATERAL ' : '';
  scope.sources.push({ alias: source, columns: outputs });
  const selected = columns.map(
    ({ list, column }, index) => `${column(`unnest(${list})`)} AS ${quoteName(outputs[index]?.name ?? '')}`,
  );
  if (unnest.with_ordinality)
    selected.push(`unnest(${countersOf(columns)}) AS ${quoteName(outputs.at(-1)?.name ?? '')}`);
  return `${lateral}(SELECT ${selected.join(', ')}) AS ${quoteName(source)}`;
}

function columnsOf({ sql, type }: Written, looksLikeMap: boolean): Unnested[] {
  const whole = (value: string): string => value;
  if (isMap(type) || (type === undefined && looksLikeMap)) {
    return [
      { list: `map_keys(${sql})`, column: whole, type: keyType(type), name: 'key' },
      { list: `map_values(${sql})`, column: whole, type: valueType(type), name: 'value' },
    ];
  }
  const fields = rowFields(elementType(type));
  if (!fields) return [{ list: sql, column: whole, type: elementType(type), name: '_unnest' }];
  return fields.map((field, index) => ({
    list: `list_transform(${sql}, lambda item: struct_extract_at(item, ${index + 1}))`,
    column: whole,
    type: field.type,
    name: field.name.replaceAll('"', '') || `field${index}`,
  }));
}

/** The numbers 1 to the length of the longest list. */
function countersOf(columns: readonly Unnested[]): string {
  const lengths = columns.map(({ list }) => `coalesce(len(${list}), 0)`);
  return `range(1, ${lengths.length === 1 ? lengths.join('') : `greatest(${lengths.join(', ')})`} + 1)`;
}
