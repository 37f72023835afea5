import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { DescribeTable, Table, TablePageView, TablesQuery } from './table.dto.js';
import { TablesService } from './tables.service.js';

@ApiTags('Catalog')
@Controller('tables')
export class TablesController {
  constructor(private readonly tables: TablesService) {}

  /** The tables that SQL can name, in the order of their names. */
  @Get()
  @RequirePermission('tables:read')
  list(@CurrentCaller() caller: Caller, @Query() query: TablesQuery): Promise<TablePageView> {
    return this.tables.list(caller, query);
  }

  /** One table with the profile of its columns. */
  @Get(':table')
  @RequirePermission('tables:read')
  get(@CurrentCaller() caller: Caller, @Param('table') table: string): Promise<Table> {
    return this.tables.get(caller, table);
  }

  /** Describe a table and its columns. Descriptions outlive later crawls. */
  @Patch(':table')
  @RequirePermission('tables:write')
  describe(
    @CurrentCaller() caller: Caller,
    @Param('table') table: string,
    @Body() input: DescribeTable,
  ): Promise<Table> {
    return this.tables.describe(caller, table, input);
  }
}
