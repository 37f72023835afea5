import { Injectable } from '@nestjs/common';
import { type Tool, toolNamePattern } from './tool.js';

/** The tools that come with the service. The code that implements one declares it here when the service starts. */
@Injectable()
export class ToolRegistry {
  private readonly tools = new Map<string, Tool>();

  register(tool: Tool): void {
    if (!toolNamePattern.test(tool.name)) throw new Error(`${tool.name} is no name for a tool.`);
    if (this.tools.has(tool.name)) throw new Error(`The tool ${tool.name} is registered twice.`);
    this.tools.set(tool.name, tool);
  }

  get(name: string): Tool | undefined {
    return this.tools.get(name);
  }

  /** By name. */
  all(): readonly Tool[] {
    return [...this.tools.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}
