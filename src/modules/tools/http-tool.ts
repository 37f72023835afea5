import type { HttpTemplate } from './domain/http-template.js';
import type { JsonObject } from './tool.js';

/** A tool that calls somebody's service, as a workspace has registered it. */
export interface HttpToolDefinition extends HttpTemplate {
  readonly description: string;
  readonly input_schema: JsonObject;
  readonly timeout_ms: number;
  readonly response_limit_bytes: number;
}
