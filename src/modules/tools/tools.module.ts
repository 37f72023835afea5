import { Module } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { SafeFetch } from '../../platform/http/safe-fetch.js';
import { UsageModule } from '../usage/usage.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { ChatSpending } from './chat-spending.js';
import { HttpToolCalls } from './http-tool-calls.js';
import { HttpToolsRepository } from './http-tools.repository.js';
import { HttpToolsService } from './http-tools.service.js';
import { ToolRegistry } from './tool-registry.js';
import { ToolSecrets } from './tool-secrets.js';
import { ToolsController } from './tools.controller.js';
import { ToolsService } from './tools.service.js';
import { WebSearchTool } from './web-search.tool.js';

const safeFetch = {
  provide: SafeFetch,
  inject: [Config],
  useFactory: ({ toolsAllowHttp, toolsAllowedHosts }: Config) =>
    new SafeFetch({ allowHttp: toolsAllowHttp === 'true', allowedHosts: toolsAllowedHosts }),
};

/** What language models can ask to be done, by tools of the service and of workspaces, and what they may cost. */
@Module({
  imports: [UsageModule, WorkspacesModule],
  controllers: [ToolsController],
  providers: [
    ChatSpending,
    HttpToolCalls,
    HttpToolsRepository,
    HttpToolsService,
    safeFetch,
    ToolRegistry,
    ToolSecrets,
    ToolsService,
    WebSearchTool,
  ],
  exports: [ChatSpending, ToolRegistry, ToolsService],
})
export class ToolsModule {}
