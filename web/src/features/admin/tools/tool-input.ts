/** A field of a tool's input, as a form can ask for it. */
export interface InputField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'choice' | 'json';
  readonly required: boolean;
  readonly description?: string;
  readonly choices: readonly unknown[];
}

interface Property {
  readonly type?: unknown;
  readonly description?: unknown;
  readonly enum?: unknown;
}

/** The fields that a tool's schema names. */
export function inputFields(schema: Readonly<Record<string, unknown>>): InputField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries((schema.properties ?? {}) as Record<string, Property>).map(([name, property]) => ({
    name,
    kind: kindOf(property),
    required: required.includes(name),
    description: typeof property.description === 'string' ? property.description : undefined,
    choices: Array.isArray(property.enum) ? property.enum : [],
  }));
}

function kindOf({ type, enum: choices }: Property): InputField['kind'] {
  if (Array.isArray(choices)) return 'choice';
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return 'number';
  return type === 'boolean' ? 'boolean' : 'json';
}

/** The input that the texts of a form mean. Empty fields are left out; JSON that is none is sent as text, and refused. */
export function inputOf(
  fields: readonly InputField[],
  texts: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(
    fields
      .filter(({ name }) => (texts[name] ?? '') !== '')
      .map((field) => [field.name, valueOf(field, texts[field.name]!)]),
  );
}

function valueOf({ kind, choices }: InputField, text: string): unknown {
  if (kind === 'text') return text;
  if (kind === 'number') return Number(text);
  if (kind === 'boolean') return text === 'true';
  if (kind === 'choice') return choices.find((choice) => String(choice) === text) ?? text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
