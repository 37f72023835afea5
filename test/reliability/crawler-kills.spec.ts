import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { useAwsServices } from '../support/aws/environment.js';
import { FakeGlue } from '../support/aws/glue/fake-glue.js';
import { FakeS3 } from '../support/aws/s3/fake-s3.js';
import { crawlEnd, submitCsv } from '../support/publishing.js';
import { Service } from '../support/service.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { until } from '../support/until.js';

const settings = {
  OBJECT_STORE: 's3',
  CATALOG: 'glue',
  S3_BUCKET: 'lake',
  S3_FORCE_PATH_STYLE: 'true',
  GLUE_CRAWLER_ROLE_ARN: 'arn:aws:iam::123456789012:role/crawler',
};
/** What the SDK's default chain reads. */
const ofTheSdk = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')));

describe('a service that is killed while crawlers of Glue work for it', () => {
  const createFolder = temporaryFolders();
  let s3: FakeS3;
  let glue: FakeGlue;
  let service: Service | undefined;

  beforeAll(async () => {
    [s3, glue] = await Promise.all([FakeS3.start(), FakeGlue.start()]);
    useAwsServices({ S3: s3.endpoint, GLUE: glue.endpoint });
    glue.crawlers.crawlMs = 600_000;
  });
  afterAll(async () => {
    await service?.end('SIGKILL');
    await Promise.all([s3.close(), glue.close()]);
  });

  it('R40, R42: starts each of them once, and every crawl ends once', async () => {
    const directory = createFolder();
    service = await Service.start(directory, { ...settings, ...ofTheSdk() });
    const submitted = [];
    for (const dataset of ['first', 'second', 'third'])
      submitted.push(await submitCsv(service.owner, 'id,city\n1,Lisbon\n2,Porto\n', { dataset }));
    await until(async () => glue.count('StartCrawler') > 0);
    await service.end('SIGKILL');
    service = await Service.start(directory, { ...settings, ...ofTheSdk() });
    await until(async () => glue.count('StartCrawler') === 3);
    glue.crawlers.finishAll();
    for (const { crawl_id: crawlId } of submitted) {
      const crawl = await crawlEnd(service.owner, crawlId!);
      expect(crawl).toMatchObject({ state: 'succeeded', tables: [{ change: 'created', crawler: {} }] });
    }
    expect(glue.count('StartCrawler')).toBe(3);
    expect(glue.count('StopCrawler')).toBe(0);
  });
});
