import { pipeline, Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { pageOf } from '../../platform/paging/page.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { Dataset, DatasetPage, DatasetsQuery, DatasetVersion, VersionPage } from './dataset.dto.js';
import { type DatasetRow, DatasetsRepository } from './datasets.repository.js';
import { InertCsv } from './domain/inert-csv.js';
import { shownDataset, shownVersion } from './domain/shown.js';
import { DatasetNotFound, VersionNotFound, VersionNotReady } from './errors.js';
import { type VersionRow, VersionsRepository } from './versions.repository.js';

const rejectsHeader = 'line,column,value,reason\n';

/** Looking at data sets and their versions. */
@Injectable()
export class DatasetsService {
  constructor(
    private readonly datasets: DatasetsRepository,
    private readonly versions: VersionsRepository,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
  ) {}

  async list({ workspaceId }: Caller, { limit, cursor, search }: DatasetsQuery): Promise<DatasetPage> {
    const scope = `datasets/${workspaceId}/${search ?? ''}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<string>(scope, cursor);
    const rows = await this.datasets.list(workspaceId, { limit: limit + 1, after, search });
    const { items, next_cursor } = pageOf(
      rows,
      limit,
      (row) => this.show(row),
      ({ dataset }) => this.cursors.encode(scope, dataset),
    );
    return { items: await Promise.all(items), next_cursor };
  }

  async get({ workspaceId }: Caller, name: string): Promise<Dataset> {
    return this.show(await this.find(workspaceId, name));
  }

  async listVersions({ workspaceId }: Caller, name: string, { limit, cursor }: PageQuery): Promise<VersionPage> {
    const { current_version: current } = await this.find(workspaceId, name);
    const scope = `versions/${workspaceId}/${name}`;
    const before = cursor === undefined ? undefined : this.cursors.decode<number>(scope, cursor);
    const rows = await this.versions.list(workspaceId, name, limit + 1, before);
    return pageOf(
      rows,
      limit,
      (row) => shownVersion(row, current),
      ({ version }) => this.cursors.encode(scope, version),
    );
  }

  async getVersion({ workspaceId }: Caller, name: string, version: string): Promise<DatasetVersion> {
    const dataset = await this.find(workspaceId, name);
    return shownVersion(await this.findVersion(dataset, version), dataset.current_version);
  }

  /** The rows that did not fit, as CSV with a header; formulas are made inert unless `raw`. */
  async rejects(caller: Caller, name: string, number: string, raw: boolean): Promise<Readable> {
    const dataset = await this.find(caller.workspaceId, name);
    const { state, version, rejects_key: key } = await this.findVersion(dataset, number);
    if (state !== 'ready') throw new VersionNotReady(name, version, state);
    const detail = { version, raw };
    await this.audit.record({ ...caller, action: 'rejects.read', object: name, outcome: 'allowed', detail });
    if (key === null) return Readable.from([rejectsHeader]);
    const stored = await this.objects.get(key);
    // Each end of a pipeline is destroyed with the other, with the error that ended it.
    return raw ? stored : pipeline(stored, new InertCsv(), () => {});
  }

  private async find(workspaceId: string, name: string): Promise<DatasetRow> {
    const dataset = await this.datasets.find(workspaceId, name);
    if (!dataset) throw new DatasetNotFound(name);
    return dataset;
  }

  private async findVersion(dataset: DatasetRow, number: string): Promise<VersionRow> {
    const version = /^[1-9]\d{0,8}$/.test(number)
      ? await this.versions.find({ ...dataset, version: Number(number) })
      : undefined;
    if (!version) throw new VersionNotFound(dataset.dataset, number);
    return version;
  }

  private async show(row: DatasetRow): Promise<Dataset> {
    const { workspace_id, dataset, current_version: version } = row;
    const current = version === null ? undefined : await this.versions.find({ workspace_id, dataset, version });
    return shownDataset(row, current, await this.versions.count(workspace_id, dataset, 'ready'));
  }
}
