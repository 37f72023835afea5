import { createHash } from 'node:crypto';
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeleteTableCommand,
  GetTableCommand,
  type GlueClient,
  paginateGetTables,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import type { Clock } from '../../clock/clock.js';
import type { ObjectStore } from '../../object-store/object-store.js';
import { Catalog, type CatalogTable, type TableDescriptions, type TablePage } from '../catalog.js';
import { changedDescriptions, describedTable, refuseUnknownColumns, searchText } from '../described-table.js';
import { CatalogUnavailable } from '../errors.js';
import { isAbsent, isChangedMeanwhile, isPresent } from './glue-errors.js';
import type { GlueCrawler } from './glue.crawler.js';
import { fromTable, type GlueEntry, toTableInput } from './glue-table.js';

export interface GlueCatalogOptions {
  /** What the names of all databases begin with; the workspace's id follows. */
  readonly databasePrefix: string;
}

type Content = Pick<GlueEntry, 'definition' | 'descriptions'>;

/** Tries of one change while others change the same table. */
const MAX_TRIES = 20;

/**
 * The catalog in AWS Glue: a database for each workspace, in which Athena and other tools find the tables too. A table's
 * files need not lie in one folder, so it stands on a manifest that lists them; a new version is a new manifest, and a
 * statement that began before goes on reading the old files.
 */
export class GlueCatalog extends Catalog {
  constructor(
    private readonly glue: GlueClient,
    private readonly objectStore: ObjectStore,
    private readonly clock: Clock,
    private readonly options: GlueCatalogOptions,
    /** Its crawlers go with their tables. */
    private readonly crawler?: GlueCrawler,
  ) {
    super();
  }

  async get(workspaceId: string, table: string): Promise<CatalogTable | undefined> {
    const entry = await this.find(workspaceId, table.toLowerCase());
    return entry && shown(entry);
  }

  async list(
    workspaceId: string,
    { limit, after, search }: { limit: number; after?: string | undefined; search?: string | undefined },
  ): Promise<TablePage> {
    const wanted = search?.toLowerCase() ?? '';
    const all = await this.all(workspaceId);
    const matching = all.filter((each) => searchText(each).includes(wanted));
    const start = after === undefined ? 0 : matching.findIndex(({ table }) => table > after.toLowerCase());
    const items = start < 0 ? [] : matching.slice(start, start + limit);
    const more = start >= 0 && matching.length > start + items.length;
    return { items, after: more ? (items.at(-1)?.table ?? null) : null };
  }

  async all(workspaceId: string): Promise<readonly CatalogTable[]> {
    const tables: CatalogTable[] = [];
    try {
      for await (const page of paginateGetTables({ client: this.glue }, { DatabaseName: this.database(workspaceId) })) {
        const entries = (page.TableList ?? []).map(fromTable).filter((entry) => entry !== undefined);
        tables.push(...entries.map(shown));
      }
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    return tables.sort((a, b) => (a.table < b.table ? -1 : 1));
  }

  async put(workspaceId: string, table: CatalogTable): Promise<void> {
    const definition = { ...table, table: table.table.toLowerCase() };
    await this.change(workspaceId, definition.table, (existing) => ({
      definition,
      descriptions: existing?.descriptions ?? { columns: {} },
    }));
  }

  async describe(workspaceId: string, table: string, changes: TableDescriptions): Promise<CatalogTable | undefined> {
    const changed = await this.change(workspaceId, table.toLowerCase(), (existing) => {
      if (!existing) return undefined;
      refuseUnknownColumns(existing.definition, Object.keys(changes.columns ?? {}));
      return {
        definition: { ...existing.definition, updated_at: this.clock.now().toISOString() },
        descriptions: changedDescriptions(existing.descriptions, changes),
      };
    });
    return changed && shown(changed);
  }

  async delete(workspaceId: string, table: string): Promise<void> {
    const Name = table.toLowerCase();
    await this.glue
      .send(new DeleteTableCommand({ DatabaseName: this.database(workspaceId), Name }))
      .catch(unless(isAbsent));
    await this.crawler?.forget(workspaceId, Name);
    await this.objectStore.deletePrefix(`${manifests(workspaceId)}${Name}/`);
  }

  async deleteAll(workspaceId: string): Promise<void> {
    const tables = this.crawler ? await this.all(workspaceId) : [];
    await this.crawler?.forgetAll(
      workspaceId,
      tables.map(({ table }) => table),
    );
    await this.glue.send(new DeleteDatabaseCommand({ Name: this.database(workspaceId) })).catch(unless(isAbsent));
    await this.objectStore.deletePrefix(manifests(workspaceId));
  }

  private database(workspaceId: string): string {
    return `${this.options.databasePrefix}${workspaceId}`.toLowerCase();
  }

  private async find(workspaceId: string, Name: string): Promise<GlueEntry | undefined> {
    try {
      const command = new GetTableCommand({ DatabaseName: this.database(workspaceId), Name });
      const { Table: table } = await this.glue.send(command);
      return table && fromTable(table);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** Reads, changes and writes again until nobody else has written in between; `undefined` changes nothing. */
  private async change(
    workspaceId: string,
    table: string,
    changed: (existing: GlueEntry | undefined) => Content | undefined,
  ): Promise<Content | undefined> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const existing = await this.find(workspaceId, table);
      const content = changed(existing);
      if (!content || (await this.write(workspaceId, content, existing))) return content;
      await this.clock.sleep(Math.random() * Math.min(1000, 20 * 2 ** tries));
    }
    throw new CatalogUnavailable(new Error(`${table} was changed by others each of ${MAX_TRIES} times.`));
  }

  /** False when the table was made, changed or deleted since `existing` was read. */
  private async write(workspaceId: string, content: Content, existing: GlueEntry | undefined): Promise<boolean> {
    const location = await this.writeManifest(workspaceId, content.definition);
    const request = { DatabaseName: this.database(workspaceId), TableInput: toTableInput(content, location) };
    try {
      if (!existing) await this.create(request);
      else {
        const version = { VersionId: existing.versionId, SkipArchive: true };
        await this.glue.send(new UpdateTableCommand({ ...request, ...version }));
      }
      return true;
    } catch (error) {
      if (isChangedMeanwhile(error) || (existing ? isAbsent(error) : isPresent(error))) return false;
      throw error;
    }
  }

  /** Asks for a table that is not there. */
  async ping(): Promise<void> {
    await this.find('health', 'health');
  }

  /** Makes the database with its first table. */
  private async create(request: CreateTableCommand['input']): Promise<void> {
    const command = new CreateTableCommand(request);
    try {
      await this.glue.send(command);
    } catch (error) {
      if (!isAbsent(error)) throw error;
      const DatabaseInput = { Name: request.DatabaseName, Description: 'Tables of a workspace of Tabletalk' };
      await this.glue.send(new CreateDatabaseCommand({ DatabaseInput })).catch(unless(isPresent));
      await this.glue.send(command);
    }
  }

  /** Returns the folder. Equal lists share one, so that describing a table writes nothing. */
  private async writeManifest(workspaceId: string, { table, object_keys }: CatalogTable): Promise<string> {
    const list = object_keys.map((key) => this.objectStore.location(key)).join('\n');
    const folder = `${manifests(workspaceId)}${table}/${createHash('sha256').update(list).digest('hex').slice(0, 32)}`;
    const key = `${folder}/manifest`;
    if (!(await this.objectStore.head(key))) await this.objectStore.put(key, Buffer.from(`${list}\n`));
    return this.objectStore.location(key).replace(/manifest$/, '');
  }
}

const manifests = (workspaceId: string): string => `workspaces/${workspaceId}/catalog/`;
const shown = ({ definition, descriptions }: Content): CatalogTable => describedTable(definition, descriptions);

function unless(isExpected: (error: unknown) => boolean): (error: unknown) => void {
  return (error) => {
    if (!isExpected(error)) throw error;
  };
}
