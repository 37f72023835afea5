import { problem } from '../../platform/errors/problem.js';

export class DocumentNotFound extends problem({
  slug: 'document-not-found',
  title: 'Document not found',
  status: 404,
  help: 'GET /api/v1/documents lists the documents that you may read. It may have been deleted at its source.',
}) {
  constructor(documentId: string) {
    super(`There is no document ${documentId}.`);
  }
}
