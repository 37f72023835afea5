import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { DocumentSearch } from './document-search.js';
import { DocumentsController } from './documents.controller.js';
import { DocumentsService } from './documents.service.js';

/** Finding what the company already wrote, for those who may read it. */
@Module({
  imports: [DocumentsModule, SourcesModule],
  controllers: [DocumentsController],
  providers: [DocumentSearch, DocumentsService],
  exports: [DocumentSearch],
})
export class SearchModule {}
