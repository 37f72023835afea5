import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { inputFaults } from './domain/input-schema.js';
import { InvalidToolInput, ToolNotFound } from './errors.js';
import { HttpToolCalls } from './http-tool-calls.js';
import { HttpToolsRepository } from './http-tools.repository.js';
import type { Tool, ToolContext, ToolResult } from './tool.js';
import { ToolPage, ToolTestResult } from './tool.dto.js';
import { ToolRegistry } from './tool-registry.js';

/** The tools of a workspace: those that come with the service and those that it has registered. */
@Injectable()
export class ToolsService {
  constructor(
    private readonly registry: ToolRegistry,
    private readonly httpTools: HttpToolsRepository,
    private readonly calls: HttpToolCalls,
    private readonly audit: AuditLog,
  ) {}

  /** Names of every tool that a chatbot of the workspace may be given. */
  async names(workspaceId: string): Promise<ReadonlySet<string>> {
    return new Set((await this.all(workspaceId)).map(({ name }) => name));
  }

  /** Names of those that act within the service only, and so need nobody's leave. */
  builtInNames(): readonly string[] {
    return this.registry.all().flatMap(({ name, kind }) => (kind === 'builtin' ? [name] : []));
  }

  /** Those of the tools that there are, in the order of the names. */
  async named(workspaceId: string, names: readonly string[]): Promise<readonly Tool[]> {
    const tools = new Map((await this.all(workspaceId)).map((tool) => [tool.name, tool]));
    return names.flatMap((name) => tools.get(name) ?? []);
  }

  /**
   * Checks the input, which a language model may have made up, and runs the tool. Throws `InvalidToolInput`, and what
   * the tool throws.
   */
  async call(tool: Tool, context: ToolContext, input: unknown): Promise<ToolResult> {
    const { caller, runId } = context;
    const event = {
      ...caller,
      action: 'tool.called',
      object: tool.name,
      detail: runId ? { run_id: runId } : undefined,
    };
    try {
      const faults = inputFaults(tool.inputSchema, input);
      if (faults.length > 0) throw new InvalidToolInput(faults);
      const result = await tool.run(context, input as Record<string, unknown>);
      this.audit.note({ ...event, outcome: 'allowed' });
      return result;
    } catch (error) {
      this.audit.note({ ...event, outcome: 'failed' });
      throw error;
    }
  }

  async list({ workspaceId }: Caller): Promise<ToolPage> {
    const tools = await this.all(workspaceId);
    const items = tools.map(({ name, description, kind, inputSchema }) => ({
      name,
      description,
      kind,
      input_schema: { ...inputSchema },
    }));
    return { items, next_cursor: null };
  }

  /** Runs a tool that calls somebody else. Those that act within the service work in conversations only. */
  async test(caller: Caller, name: string, input: object): Promise<ToolTestResult> {
    const [tool] = await this.named(caller.workspaceId, [name]);
    if (!tool || tool.kind === 'builtin') throw new ToolNotFound(name);
    const began = performance.now();
    const { content, truncated } = await this.call(tool, { caller, signal: new AbortController().signal }, input);
    return { content, truncated, duration_ms: Math.round(performance.now() - began) };
  }

  /** By name. Where a name is taken twice, the tool that comes with the service is meant. */
  private async all(workspaceId: string): Promise<readonly Tool[]> {
    const registered = (await this.httpTools.all(workspaceId)).filter(({ name }) => !this.registry.get(name));
    const tools = [...this.registry.all(), ...registered.map((row) => this.calls.toolOf(row))];
    return tools.sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}
