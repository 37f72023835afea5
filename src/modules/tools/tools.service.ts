import { Injectable } from '@nestjs/common';
import { HttpToolsRepository } from './http-tools.repository.js';
import { ToolRegistry } from './tool-registry.js';

/** The tools of a workspace: those that come with the service and those that it has registered. */
@Injectable()
export class ToolsService {
  constructor(
    private readonly registry: ToolRegistry,
    private readonly httpTools: HttpToolsRepository,
  ) {}

  /** Names of every tool that a chatbot of the workspace may be given. */
  async names(workspaceId: string): Promise<ReadonlySet<string>> {
    const registered = await this.httpTools.all(workspaceId);
    return new Set([...this.registry.all(), ...registered].map(({ name }) => name));
  }

  /** Names of those that act within the service only, and so need nobody's leave. */
  builtInNames(): readonly string[] {
    return this.registry.all().flatMap(({ name, kind }) => (kind === 'builtin' ? [name] : []));
  }
}
