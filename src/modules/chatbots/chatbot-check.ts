import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import type { ProblemPart } from '../../platform/errors/problem.js';
import { TablesService } from '../tables/tables.service.js';
import { ToolsService } from '../tools/tools.service.js';
import type { ChatbotDefinition } from './chatbot.js';

/** What a chatbot of the workspace can be given. */
interface Inventory {
  readonly tools: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
}

type Named = Pick<ChatbotDefinition, 'tools' | 'tables'>;

/** Compares what chatbots name with what there is. */
@Injectable()
export class ChatbotCheck {
  constructor(
    private readonly tools: ToolsService,
    private readonly tables: TablesService,
  ) {}

  /** Throws `InvalidRequest` for names that nothing has; those that the chatbot had `before` may stay. */
  async refuseUnknown(workspaceId: string, wanted: Named, before?: Named): Promise<void> {
    const { tools, tables } = await this.inventory(workspaceId);
    const faults = [
      ...unknown('tools', wanted.tools, [...tools, ...(before?.tools ?? [])]),
      ...unknown('tables', wanted.tables ?? [], [...tables, ...(before?.tables ?? [])]),
    ];
    if (faults.length > 0) throw new InvalidRequest(faults);
  }

  /** Says of a chatbot what it names and is not there any more. */
  async warner(workspaceId: string): Promise<(named: Named) => string[]> {
    const { tools, tables } = await this.inventory(workspaceId);
    return (named) => [
      ...named.tools.filter((name) => !tools.has(name)).map((name) => `The tool ${name} is not there any more.`),
      ...(named.tables ?? [])
        .filter((name) => !tables.has(name))
        .map((name) => `The table ${name} is not there any more.`),
    ];
  }

  private async inventory(workspaceId: string): Promise<Inventory> {
    const [tools, schemas] = await Promise.all([this.tools.names(workspaceId), this.tables.schemas(workspaceId)]);
    return { tools, tables: new Set(schemas.map(({ table }) => table)) };
  }
}

function unknown(member: keyof Named, names: readonly string[], known: readonly string[]): ProblemPart[] {
  const there = new Set(known);
  return names.flatMap((name, index) =>
    there.has(name)
      ? []
      : [{ pointer: `/${member}/${index}`, detail: `${name.slice(0, 128)} is none of the workspace’s ${member}` }],
  );
}
