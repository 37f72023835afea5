import { Module } from '@nestjs/common';
import { StoredTables } from './stored-tables.js';
import { TableValues } from './table-values.js';
import { TablesController } from './tables.controller.js';
import { TablesService } from './tables.service.js';

/** What a workspace can query, and what is known about it. */
@Module({
  controllers: [TablesController],
  providers: [TablesService, StoredTables, TableValues],
  exports: [TablesService, StoredTables, TableValues],
})
export class TablesModule {}
