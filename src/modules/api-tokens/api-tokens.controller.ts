import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { ApiTokenPage, ApiTokensQuery, CreateApiToken, CreatedApiToken } from './api-token.dto.js';
import { ApiTokensService } from './api-tokens.service.js';

@ApiTags('Accounts')
@Controller('api-tokens')
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokensService) {}

  /** Create an API token for a program. The answer shows the secret, this once. */
  @Post()
  @Idempotent()
  @RequirePermission('api_tokens:write')
  create(@CurrentCaller() caller: Caller, @Body() input: CreateApiToken): Promise<CreatedApiToken> {
    return this.tokens.create(caller, input);
  }

  /** Your API tokens in this workspace, newest first; with `owner=all` those of every member. */
  @Get()
  @RequirePermission('api_tokens:write')
  list(@CurrentCaller() caller: Caller, @Query() query: ApiTokensQuery): Promise<ApiTokenPage> {
    return this.tokens.list(caller, query);
  }

  /** Revoke an API token. It stops working within a second. Those of others can be revoked with members:write. */
  @Delete(':token_id')
  @HttpCode(204)
  @RequirePermission('api_tokens:write')
  revoke(@CurrentCaller() caller: Caller, @Param('token_id') tokenId: string): Promise<void> {
    return this.tokens.revoke(caller, tokenId);
  }
}
