import { Injectable } from '@nestjs/common';
import { SafeFetch } from '../../platform/http/safe-fetch.js';
import { beginningOf, fenced } from './domain/fenced.js';
import { fillTemplate } from './domain/http-template.js';
import { InvalidToolInput } from './errors.js';
import type { HttpToolDefinition } from './http-tool.js';
import type { HttpToolRow } from './http-tools.repository.js';
import type { JsonObject, Tool, ToolContext, ToolResult } from './tool.js';
import { ToolSecrets } from './tool-secrets.js';

/** Characters of an answer that a language model gets. */
const maximumContent = 20_000;

/** Makes tools of what workspaces have registered. Secrets are opened for the moment of a call only. */
@Injectable()
export class HttpToolCalls {
  constructor(
    private readonly outside: SafeFetch,
    private readonly secrets: ToolSecrets,
  ) {}

  toolOf(row: HttpToolRow): Tool {
    const definition = JSON.parse(row.definition) as HttpToolDefinition;
    const { description, input_schema: inputSchema } = definition;
    return {
      name: row.name,
      description,
      inputSchema,
      kind: 'http',
      run: (context, input) => this.call(row, definition, context, input),
    };
  }

  private async call(
    row: HttpToolRow,
    definition: HttpToolDefinition,
    { signal }: ToolContext,
    input: JsonObject,
  ): Promise<ToolResult> {
    const secret = await this.secrets.open(row);
    const filled = fillTemplate(definition, input, secret);
    if (Array.isArray(filled)) throw new InvalidToolInput(filled);
    const answer = await this.outside.fetch({
      ...filled,
      method: definition.method,
      timeoutMs: definition.timeout_ms,
      limitBytes: definition.response_limit_bytes,
      takes: isText,
      signal,
    });
    // A service that repeats what it was sent must not give the secret away.
    const text = secret === undefined ? answer.text : answer.text.replaceAll(secret, '***');
    const { content, truncated } = beginningOf(text, maximumContent);
    return {
      content: fenced(content, `${row.name}, HTTP status ${answer.status}`),
      truncated: truncated || answer.truncated,
    };
  }
}

function isText(mediaType: string): boolean {
  return /^text\/|^application\/(.+\+)?json$|^application\/(x-)?ndjson$/.test(mediaType);
}
