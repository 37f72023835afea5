import type { Contract } from '../../../csv/contract.js';
import type { JobError } from '../../../providers/job-queue/job-queue.js';
import type { Dataset, DatasetVersion, StoredColumn, VersionSchemaChange } from '../dataset.dto.js';
import type { DatasetRow } from '../datasets.repository.js';
import type { LongInteger, VersionFile, VersionRow } from '../versions.repository.js';

/** A data set as the API shows it; `current` is the row of its current version. */
export function shownDataset(row: DatasetRow, current: VersionRow | undefined, versions: number): Dataset {
  const files = current ? filesOf(current) : [];
  return {
    dataset: row.dataset,
    table: row.dataset,
    version: row.current_version,
    versions,
    rows: sum(files.map((file) => file.rows)),
    bytes_raw: sum(files.map((file) => file.raw_bytes)),
    bytes_parquet: sum(files.map((file) => file.bytes)),
    contract: current ? (JSON.parse(current.contract) as Contract) : null,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

/** A version as the API shows it. */
export function shownVersion(row: VersionRow, currentVersion: number | null): DatasetVersion {
  const files = row.files === null ? undefined : filesOf(row);
  return {
    dataset: row.dataset,
    version: row.version,
    mode: row.mode,
    state: row.state,
    current: row.version === currentVersion,
    rows_in: numberOf(row.rows_in),
    rows_stored: numberOf(row.rows_stored),
    rows_rejected: numberOf(row.rows_rejected),
    rows: files ? sum(files.map((file) => file.rows)) : null,
    bytes_raw: files ? sum(files.map((file) => file.raw_bytes)) : Number(row.raw_bytes),
    bytes_parquet: files ? sum(files.map((file) => file.bytes)) : null,
    columns: JSON.parse(row.columns ?? '[]') as StoredColumn[],
    schema_changes: JSON.parse(row.schema_changes ?? '[]') as VersionSchemaChange[],
    file_name: row.file_name,
    sha256: row.sha256,
    restored_from: row.restored_from,
    crawl_id: row.crawl_id,
    job_id: row.job_id,
    created_at: row.created_at,
    created_by: row.created_by,
    finished_at: row.finished_at,
    ...(row.error === null ? {} : { error: errorOf(JSON.parse(row.error) as JobError) }),
  };
}

export function filesOf(row: VersionRow): VersionFile[] {
  return JSON.parse(row.files ?? '[]') as VersionFile[];
}

function errorOf({ slug, title, detail }: JobError) {
  return { type: `/problems/${slug}`, title, detail };
}

function numberOf(value: LongInteger | null): number | null {
  return value === null ? null : Number(value);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
