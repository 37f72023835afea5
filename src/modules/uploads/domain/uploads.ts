import type { Dialect } from '../../../csv/contract.js';
import type { Problem } from '../../../platform/errors/problem.js';
import type { PartialFile } from '../../../providers/partial-files/partial-files.js';
import type { Upload, UploadError } from '../upload.dto.js';
import type { UploadKey, UploadRow } from '../uploads.repository.js';

/** The folder of everything that is kept of an upload, with a slash at its end. */
export function folderOf({ workspace_id, upload_id }: UploadKey): string {
  return `workspaces/${workspace_id}/uploads/${upload_id}/`;
}

/** Key of the file as it came. */
export function rawKeyOf(upload: UploadKey): string {
  return `${folderOf(upload)}raw`;
}

/** What has arrived of it, while it comes in parts. */
export function partialOf(upload: UploadKey): PartialFile {
  return { id: upload.upload_id, key: rawKeyOf(upload) };
}

/** Whether the upload's file counts as stored: it was accepted, and nothing has ended it. */
export function isStored({ status }: Pick<UploadRow, 'status'>): boolean {
  return status === 'ready' || status === 'submitted';
}

/** What a problem leaves behind in a failed upload. */
export function errorOf(problem: Problem): UploadError {
  return { type: `/problems/${problem.kind.slug}`, title: problem.kind.title, detail: problem.message };
}

/** An upload as the API shows it. */
export function shown(row: UploadRow): Upload {
  return {
    upload_id: row.upload_id,
    file_name: row.file_name,
    bytes: row.bytes,
    length: row.length,
    sha256: row.sha256,
    status: row.status as Upload['status'],
    dialect: row.dialect === null ? null : (JSON.parse(row.dialect) as Dialect),
    dataset: row.dataset,
    created_at: row.created_at,
    expires_at: row.status === 'submitted' ? null : row.expires_at,
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as UploadError }),
  };
}
