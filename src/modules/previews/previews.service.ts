import { Injectable } from '@nestjs/common';
import type { Dialect } from '../../csv/contract.js';
import { type Preview, previewCsv, type PreviewOverrides } from '../../csv/preview.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { storedRows } from '../uploads/domain/file-description.js';
import { renderPreview, storePreview } from '../uploads/domain/stored-preview.js';
import { headBytes } from '../uploads/receiving/intake.js';
import { type PreviewRow, type UploadRow, UploadsRepository } from '../uploads/uploads.repository.js';
import { UploadsService } from '../uploads/uploads.service.js';
import { PreviewQuery } from './preview.dto.js';
import { StoredHead } from './stored-head.js';

/** Enough bytes for a thousand rows of a usual width. */
const longHeadBytes = 4 * headBytes;

/** Serves the first rows of uploads: what was found when they arrived, or what they look like read otherwise. */
@Injectable()
export class PreviewsService {
  constructor(
    private readonly uploads: UploadsService,
    private readonly repository: UploadsRepository,
    private readonly head: StoredHead,
    private readonly audit: AuditLog,
  ) {}

  /** The JSON text of the preview, and its ETag. Only the file's first bytes are ever read. */
  async get(caller: Caller, uploadId: string, query: PreviewQuery): Promise<{ etag: string; body: string }> {
    const stored = await this.repository.findPreview({ workspace_id: caller.workspaceId, upload_id: uploadId });
    const overrides = overridesOf(query);
    const preview =
      stored && !overrides && query.limit <= storedRows
        ? stored
        : storePreview(
            await this.read(
              await this.uploads.findReadable(caller.workspaceId, uploadId),
              stored,
              query.limit,
              overrides,
            ),
          );
    this.audit.note({ ...caller, action: 'upload.previewed', object: uploadId, outcome: 'allowed' });
    return renderPreview(preview, query.limit);
  }

  private async read(
    upload: UploadRow,
    stored: PreviewRow | undefined,
    limit: number,
    overrides: PreviewOverrides | undefined,
  ): Promise<Preview> {
    const head = await this.head.read(upload, limit > storedRows ? longHeadBytes : headBytes);
    const { bytes, complete, compression } = head;
    const given = overrides ?? knownDialect(upload);
    const preview = previewCsv(bytes, { complete, compression, limit, overrides: given });
    if (overrides || !stored) return preview;
    const { dialect_evidence } = JSON.parse(stored.facts) as Preview;
    return { ...preview, dialect_evidence };
  }
}

/** Undefined when the query leaves everything to detection. */
function overridesOf({ limit: _limit, delimiter, header, ...others }: PreviewQuery): PreviewOverrides | undefined {
  const overrides: PreviewOverrides = {
    ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter }),
    ...(header === undefined ? {} : { header: header === 'true' }),
  };
  return Object.keys(overrides).length === 0 ? undefined : overrides;
}

function knownDialect({ dialect }: UploadRow): PreviewOverrides | undefined {
  if (dialect === null) return undefined;
  const { compression: _compression, ...known } = JSON.parse(dialect) as Dialect;
  return known;
}
