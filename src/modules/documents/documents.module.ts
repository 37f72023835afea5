import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { DocumentWriter } from './document-writer.js';
import { DocumentsRepository } from './documents.repository.js';
import { EmbeddingReferences } from './embedding-references.js';
import { IndexDocumentsJob } from './index-documents.job.js';
import { StoredDocuments } from './stored-documents.js';

/** What sources bring, kept and made findable. Who may read it is decided elsewhere. */
@Module({
  imports: [WorkspacesModule],
  providers: [
    DocumentsRepository,
    EmbeddingReferences,
    IndexDocumentsJob,
    StoredDocuments,
    { provide: DocumentWriter, useExisting: StoredDocuments },
  ],
  exports: [DocumentsRepository, DocumentWriter],
})
export class DocumentsModule {}
