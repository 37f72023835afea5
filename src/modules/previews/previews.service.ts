import { Injectable } from '@nestjs/common';
import type { Contract, Dialect } from '../../csv/contract.js';
import { type Preview, previewCsv, type PreviewOptions, type PreviewOverrides } from '../../csv/preview.js';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { storedRows } from '../uploads/domain/file-description.js';
import { renderPreview, type StoredPreview, storePreview } from '../uploads/domain/stored-preview.js';
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
    const { limit } = query;
    const stored = await this.repository.findPreview({ workspace_id: caller.workspaceId, upload_id: uploadId });
    const reading = readingOf(query);
    const preview =
      stored && reading === 'stored' && limit <= storedRows
        ? stored
        : await this.read(await this.uploads.findReadable(caller.workspaceId, uploadId), stored, limit, reading);
    this.audit.note({ ...caller, action: 'upload.previewed', object: uploadId, outcome: 'allowed' });
    return renderPreview(preview, limit);
  }

  private async read(
    upload: UploadRow,
    stored: PreviewRow | undefined,
    limit: number,
    reading: Reading,
  ): Promise<StoredPreview> {
    const options = optionsOf(reading, upload);
    if (stored && reading === 'contract' && !options.columns && limit <= storedRows) return stored;
    const head = await this.head.read(upload, limit > storedRows ? longHeadBytes : headBytes);
    const { bytes, complete, compression } = head;
    const preview = previewCsv(bytes, { complete, compression, limit, ...options });
    if (!stored || (reading !== 'stored' && reading !== 'contract')) return storePreview(preview);
    const { dialect_evidence } = JSON.parse(stored.facts) as Preview;
    return storePreview({ ...preview, dialect_evidence });
  }
}

/** As the file was understood last, with its contract, all detected anew, or with parts of the dialect given. */
type Reading = 'stored' | 'contract' | 'detected' | PreviewOverrides;

/** Throws `InvalidRequest` for a query that wants two of them. */
function readingOf(query: PreviewQuery): Reading {
  const overrides = overridesOf(query);
  if (query.read_as === undefined) return overrides ?? 'stored';
  if (!overrides) return query.read_as;
  const detail = `cannot be ${query.read_as} while parts of the dialect are given: ${Object.keys(overrides).join(', ')}`;
  throw new InvalidRequest([{ pointer: '/read_as', detail }]);
}

function optionsOf(reading: Reading, upload: UploadRow): Pick<PreviewOptions, 'overrides' | 'columns'> {
  if (reading === 'detected') return {};
  if (reading === 'stored') return { overrides: knownDialect(upload) };
  if (reading !== 'contract') return { overrides: reading };
  const contract = upload.contract === null ? undefined : (JSON.parse(upload.contract) as Contract);
  return { overrides: knownDialect(upload), columns: contract?.columns };
}

/** Undefined when the query leaves everything to detection. */
function overridesOf({
  limit: _limit,
  read_as: _reading,
  delimiter,
  header,
  ...others
}: PreviewQuery): PreviewOverrides | undefined {
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
