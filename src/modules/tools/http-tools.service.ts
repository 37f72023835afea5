import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import type { ProblemPart } from '../../platform/errors/problem.js';
import { SafeFetch } from '../../platform/http/safe-fetch.js';
import { refuseOtherVersion, VersionConflict } from '../../platform/versions/entity-tag.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { originOf, templateFaults } from './domain/http-template.js';
import { type InputSchema, schemaFaults } from './domain/input-schema.js';
import { ToolExists, ToolNotFound, TooManyTools } from './errors.js';
import type { HttpToolDefinition } from './http-tool.js';
import { type HttpToolRow, HttpToolsRepository } from './http-tools.repository.js';
import { ChangeTool, CreateTool, HttpTool } from './tool.dto.js';
import { ToolRegistry } from './tool-registry.js';
import { ToolSecrets } from './tool-secrets.js';

const toolsPerWorkspace = 100;

/** The tools that a workspace has registered. */
@Injectable()
export class HttpToolsService {
  constructor(
    private readonly httpTools: HttpToolsRepository,
    private readonly registry: ToolRegistry,
    private readonly secrets: ToolSecrets,
    private readonly outside: SafeFetch,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidRequest`, `AddressRefused`, `ToolExists` or `TooManyTools`. */
  async create(caller: Caller, { name, secret, ...input }: CreateTool): Promise<HttpTool> {
    const { workspaceId: workspace_id } = caller;
    const definition = definitionOf(input);
    this.check(definition, typeof secret === 'string');
    if (this.registry.get(name)) throw new ToolExists(name);
    if ((await this.httpTools.all(workspace_id)).length >= toolsPerWorkspace) throw new TooManyTools(toolsPerWorkspace);
    const now = this.clock.now().toISOString();
    const row: HttpToolRow = {
      workspace_id,
      name,
      definition: JSON.stringify(definition),
      sealed_secret: typeof secret === 'string' ? await this.secrets.seal({ workspace_id, name }, secret) : null,
      version: 1,
      created_at: now,
      updated_at: now,
    };
    await this.database.transaction(async (transaction) => {
      if (!(await this.httpTools.insert(transaction, row))) throw new ToolExists(name);
      await this.audit.recordChange(transaction, caller, 'tool.registered', name);
    });
    return shown(row);
  }

  async get({ workspaceId }: Caller, name: string): Promise<HttpTool> {
    return shown(await this.find(workspaceId, name));
  }

  /** With `ifMatch`, only while the version is that one: else `VersionConflict`. */
  async change(caller: Caller, name: string, input: ChangeTool, ifMatch: string | undefined): Promise<HttpTool> {
    const row = await this.find(caller.workspaceId, name);
    refuseOtherVersion(ifMatch, row.version);
    const { secret, ...change } = input;
    const before = JSON.parse(row.definition) as HttpToolDefinition;
    const definition = definitionOf({ ...before, ...change });
    const sealed = typeof secret === 'string' ? await this.secrets.seal(row, secret) : secret;
    const changed: HttpToolRow = {
      ...row,
      definition: JSON.stringify(definition),
      sealed_secret: sealed === undefined ? row.sealed_secret : sealed,
      version: row.version + 1,
      updated_at: this.clock.now().toISOString(),
    };
    if (secret === undefined && row.sealed_secret !== null) refuseOtherHost(before, definition);
    this.check(definition, changed.sealed_secret !== null);
    await this.database.transaction(async (transaction) => {
      if (!(await this.httpTools.update(transaction, changed))) {
        throw new VersionConflict((await this.find(row.workspace_id, name, transaction)).version);
      }
      await this.audit.recordChange(transaction, caller, 'tool.changed', name);
    });
    return shown(changed);
  }

  /** Chatbots that name the tool go on without it. */
  async delete(caller: Caller, name: string, ifMatch: string | undefined): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const row = await this.find(caller.workspaceId, name, transaction);
      refuseOtherVersion(ifMatch, row.version);
      await this.httpTools.delete(transaction, row);
      await this.audit.recordChange(transaction, caller, 'tool.deleted', name);
    });
  }

  private check(definition: HttpToolDefinition, hasSecret: boolean): void {
    const { input_schema: schema, headers, body } = definition;
    const faults: ProblemPart[] = [
      ...schemaFaults(schema, '/input_schema'),
      ...Object.entries(headers)
        .filter(([, value]) => typeof value !== 'string')
        .map(([name]) => ({ pointer: `/headers/${name}`, detail: 'must be a text' })),
    ];
    if (body !== undefined && definition.method === 'GET')
      faults.push({ pointer: '/body', detail: 'goes with the method POST only' });
    if (faults.length === 0) {
      const members = new Set(Object.keys((schema as InputSchema).properties ?? {}));
      faults.push(...templateFaults(definition, members, hasSecret));
    }
    if (faults.length > 0) throw new InvalidRequest(faults);
    this.outside.permitted(originOf(definition.url)!);
  }

  private async find(workspaceId: string, name: string, transaction?: DatabaseTransaction): Promise<HttpToolRow> {
    const row = await this.httpTools.find(workspaceId, name, transaction);
    if (!row) throw new ToolNotFound(name);
    return row;
  }
}

function definitionOf(input: Omit<CreateTool, 'name' | 'secret'> | HttpToolDefinition): HttpToolDefinition {
  const { description, input_schema, method, url, headers = {}, body } = input;
  const { timeout_ms = 10_000, response_limit_bytes = 100_000 } = input;
  return {
    description,
    input_schema,
    method,
    url,
    headers,
    ...(body !== undefined && body !== null && { body }),
    timeout_ms,
    response_limit_bytes,
  };
}

/** Whoever may change a tool must not be able to have its secret sent to themselves. */
function refuseOtherHost(before: HttpToolDefinition, after: HttpToolDefinition): void {
  if (originOf(before.url) === originOf(after.url)) return;
  throw new InvalidRequest([
    { pointer: '/secret', detail: 'must be given again, since the tool calls another host now' },
  ]);
}

function shown({ name, definition, sealed_secret, version, created_at, updated_at }: HttpToolRow): HttpTool {
  const { body, headers, input_schema, ...rest } = JSON.parse(definition) as HttpToolDefinition;
  return {
    name,
    kind: 'http',
    ...rest,
    input_schema: { ...input_schema },
    headers: { ...headers },
    body: (body as HttpTool['body'] | undefined) ?? null,
    has_secret: sealed_secret !== null,
    version,
    created_at,
    updated_at,
  };
}
