import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { DocumentSearch } from './document-search.js';
import { Document, DocumentPage, ListDocuments } from './document.dto.js';
import { DocumentsService } from './documents.service.js';
import { SearchDocuments, SearchResults } from './search.dto.js';

@ApiTags('Documents')
@Controller()
export class DocumentsController {
  constructor(
    private readonly documents: DocumentsService,
    private readonly documentSearch: DocumentSearch,
  ) {}

  /**
   * Search the documents of the sources that you may read, by words and by vectors. Each is cited by its best passage,
   * and says why it was found.
   */
  @Get('search')
  @RequirePermission('documents:read')
  search(@CurrentCaller() caller: Caller, @Query() query: SearchDocuments): Promise<SearchResults> {
    return this.documentSearch.find(caller, query);
  }

  /** Documents of the sources that you may read, the latest change first, without their texts. */
  @Get('documents')
  @RequirePermission('documents:read')
  list(@CurrentCaller() caller: Caller, @Query() query: ListDocuments): Promise<DocumentPage> {
    return this.documents.list(caller, query);
  }

  /** One document with its text. */
  @Get('documents/:document_id')
  @RequirePermission('documents:read')
  get(@CurrentCaller() caller: Caller, @Param('document_id') documentId: string): Promise<Document> {
    return this.documents.get(caller, documentId);
  }
}
