import type { Schemas } from '../../../lib/api/client';

export type Provider = NonNullable<Schemas['ChatbotModel']['provider']>;

/** A chatbot as it is typed: numbers are text, and an empty text leaves the choice to the service. */
export interface ChatbotForm {
  readonly name: string;
  readonly description: string;
  readonly system_prompt: string;
  readonly provider: Provider | '';
  readonly model_id: string;
  readonly temperature: string;
  readonly top_p: string;
  readonly max_tokens: string;
  readonly tools: readonly string[];
  /** Null: every table that its user may read. */
  readonly tables: readonly string[] | null;
}

type Definition = Pick<Schemas['Chatbot'], 'name' | 'description' | 'system_prompt' | 'model' | 'tools' | 'tables'>;

export function emptyForm(tools: readonly string[]): ChatbotForm {
  return formOf({ name: '', description: '', system_prompt: '', model: {}, tools: [...tools], tables: null });
}

export function formOf({ name, description, system_prompt, model, tools, tables }: Definition): ChatbotForm {
  return {
    name,
    description,
    system_prompt,
    provider: model.provider ?? '',
    model_id: model.model_id ?? '',
    temperature: textOf(model.temperature),
    top_p: textOf(model.top_p),
    max_tokens: textOf(model.max_tokens),
    tools,
    tables,
  };
}

/** What the API takes. */
export function definitionOf(form: ChatbotForm): Definition {
  const { name, description, system_prompt, provider, model_id, tools, tables } = form;
  const numbers = {
    temperature: numberOf(form.temperature),
    top_p: numberOf(form.top_p),
    max_tokens: numberOf(form.max_tokens),
  };
  const model = { provider: provider || undefined, model_id: model_id.trim() || undefined, ...numbers };
  return {
    name: name.trim(),
    description: description.trim(),
    system_prompt: system_prompt.trim(),
    model: Object.fromEntries(Object.entries(model).filter(([, value]) => value !== undefined)),
    tools: [...tools],
    tables: tables && [...tables],
  };
}

export function isSame(left: ChatbotForm, right: ChatbotForm): boolean {
  return JSON.stringify(definitionOf(left)) === JSON.stringify(definitionOf(right));
}

/** With the name when it was not there, without it when it was. */
export function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((each) => each !== name) : [...names, name].toSorted();
}

function textOf(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

/** What is no number goes to the service as it is, which says what is wrong with it. */
function numberOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text.trim().replace(',', '.'));
}
