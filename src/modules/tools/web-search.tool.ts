import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { OutsideAnswerRefused } from '../../platform/http/outside-problems.js';
import { SafeFetch } from '../../platform/http/safe-fetch.js';
import { fenced } from './domain/fenced.js';
import { searchResults } from './domain/search-results.js';
import type { JsonObject, Tool, ToolContext, ToolResult } from './tool.js';
import { ToolRegistry } from './tool-registry.js';

const timeoutMs = 10_000;
const limitBytes = 1_000_000;

/** Searches the web, where whoever runs the service has set up a search endpoint. */
@Injectable()
export class WebSearchTool implements Tool, OnModuleInit {
  readonly name = 'web_search';
  readonly description =
    'Searches the web and returns title, address and beginning of at most 8 pages. For facts that are not in the tables; never put data from the tables into the query.';
  readonly kind = 'web_search';
  readonly inputSchema = {
    type: 'object',
    properties: { query: { type: 'string', description: 'What to search for', minLength: 1, maxLength: 300 } },
    required: ['query'],
    additionalProperties: false,
  };

  constructor(
    private readonly registry: ToolRegistry,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    if (this.config.webSearchUrl !== undefined) this.registry.register(this);
  }

  async run({ signal }: ToolContext, { query }: JsonObject): Promise<ToolResult> {
    const { webSearchUrl, webSearchKey } = this.config;
    const url = webSearchUrl!.replaceAll('{query}', encodeURIComponent(query as string));
    // The operator's own choice, which may well be in their own network.
    const outside = new SafeFetch({ allowHttp: true, allowedHosts: [new URL(url).hostname.replace(/^\[|\]$/g, '')] });
    const answer = await outside.fetch({
      url,
      method: 'GET',
      headers: webSearchKey ? { 'x-subscription-token': webSearchKey, authorization: `Bearer ${webSearchKey}` } : {},
      timeoutMs,
      limitBytes,
      takes: (mediaType) => mediaType === 'application/json',
      signal,
    });
    const results = answer.status === 200 && !answer.truncated ? searchResults(parsed(answer.text)) : undefined;
    if (!results) throw new OutsideAnswerRefused(`The search answered ${answer.status} in a form that is not known.`);
    const text = results.map((result) => JSON.stringify(result)).join('\n');
    return { content: fenced(text || 'Nothing was found.', 'a search of the web'), truncated: false };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
