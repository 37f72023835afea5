import { Module } from '@nestjs/common';
import { HttpToolsRepository } from './http-tools.repository.js';
import { ToolRegistry } from './tool-registry.js';
import { ToolsService } from './tools.service.js';

/** What language models can ask to be done: tools that come with the service, and those that workspaces register. */
@Module({
  providers: [HttpToolsRepository, ToolRegistry, ToolsService],
  exports: [ToolRegistry, ToolsService],
})
export class ToolsModule {}
