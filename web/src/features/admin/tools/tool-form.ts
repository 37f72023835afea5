import type { Schemas } from '@/lib/api/client';

type HttpTool = Schemas['HttpTool'];

/** An HTTP tool as a form holds it: everything as text. */
export interface ToolTexts extends Record<string, string> {
  name: string;
  description: string;
  method: 'GET' | 'POST';
  url: string;
  input_schema: string;
  headers: string;
  body: string;
  secret: string;
  timeout_ms: string;
  response_limit_bytes: string;
}

const example = {
  type: 'object',
  properties: { city: { type: 'string', description: 'Name of the city.' } },
  required: ['city'],
};

export const emptyTool: ToolTexts = {
  name: '',
  description: '',
  method: 'GET',
  url: '',
  input_schema: JSON.stringify(example, undefined, 2),
  headers: '',
  body: '',
  secret: '',
  timeout_ms: '10000',
  response_limit_bytes: '100000',
};

export function textsOf(tool: HttpTool): ToolTexts {
  return {
    name: tool.name,
    description: tool.description,
    method: tool.method,
    url: tool.url,
    input_schema: JSON.stringify(tool.input_schema, undefined, 2),
    headers: Object.entries(tool.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    body: tool.body === null ? '' : JSON.stringify(tool.body, undefined, 2),
    secret: '',
    timeout_ms: String(tool.timeout_ms),
    response_limit_bytes: String(tool.response_limit_bytes),
  };
}

/** What to send, of texts without fault. The secret is sent when one was typed, and stays otherwise. */
export function toolOf(texts: ToolTexts): Schemas['CreateTool'] {
  return {
    name: texts.name.trim(),
    description: texts.description.trim(),
    method: texts.method,
    url: texts.url.trim(),
    input_schema: objectOf(texts.input_schema),
    headers: headersOf(texts.headers),
    timeout_ms: Number(texts.timeout_ms),
    response_limit_bytes: Number(texts.response_limit_bytes),
    ...(texts.method === 'POST' && texts.body.trim() !== '' && { body: objectOf(texts.body) }),
    ...(texts.secret !== '' && { secret: texts.secret }),
  };
}

/** Why a text is no JSON object; undefined when it is one. */
export function objectFault(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'must be a JSON object';
  } catch (error) {
    return `is not JSON: ${(error as Error).message}`;
  }
}

/** Why a text is no list of headers, one in a line. */
export function headersFault(text: string): string | undefined {
  const wrong = lines(text).find((line) => !/^[^\s:]+:\s*\S/.test(line));
  return wrong === undefined ? undefined : `“${wrong}” is not of the form “name: value”`;
}

function objectOf(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

function headersOf(text: string): Record<string, string> {
  return Object.fromEntries(
    lines(text).map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
