import type { Config } from '../../../config/config.js';
import type { Clock } from '../../clock/clock.js';
import type { ObjectStore } from '../../object-store/object-store.js';
import type { Catalog } from '../catalog.js';
import type { Crawler } from '../crawler.js';
import { NoCrawler } from '../none.crawler.js';
import { createGlueClient } from './glue-client.js';
import { GlueCatalog } from './glue.catalog.js';
import { GlueCrawler } from './glue.crawler.js';

type Settings = Pick<Config, 'glueDatabasePrefix' | 'glueCrawlerRoleArn' | 'glueCrawlerDeadlineSeconds'>;

/** The catalog in Glue, and its crawler where there is a role for it, over one client. */
export function glueCatalog(
  objectStore: ObjectStore,
  clock: Clock,
  { glueDatabasePrefix: databasePrefix, glueCrawlerRoleArn: roleArn, glueCrawlerDeadlineSeconds }: Settings,
): { readonly catalog: Catalog; readonly crawler: Crawler } {
  const client = createGlueClient();
  const options = { databasePrefix, deadlineSeconds: glueCrawlerDeadlineSeconds };
  const crawler =
    roleArn === undefined ? undefined : new GlueCrawler(client, objectStore, clock, { ...options, roleArn });
  const catalog = new GlueCatalog(client, objectStore, clock, options, crawler);
  return { catalog, crawler: crawler ?? new NoCrawler() };
}
