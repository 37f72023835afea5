import { problem } from '../../platform/errors/problem.js';

export class CrawlNotFound extends problem({
  slug: 'crawl-not-found',
  title: 'Crawl not found',
  status: 404,
  help: 'GET /api/v1/crawls lists the crawls of this workspace.',
}) {
  constructor(crawlId: string) {
    super(`There is no crawl ${JSON.stringify(crawlId.slice(0, 100))} in this workspace.`);
  }
}

export class NothingToCrawl extends problem({
  slug: 'nothing-to-crawl',
  title: 'There is nothing to crawl',
  status: 404,
  help: 'GET /api/v1/datasets lists the data sets of this workspace. Submit an upload to publish one.',
}) {
  constructor(dataset: string) {
    super(`This workspace has no data set ${JSON.stringify(dataset.slice(0, 128))} with a published version.`);
  }
}

export class DatasetDeleted extends problem({
  slug: 'dataset-deleted',
  title: 'The data set was deleted meanwhile',
  status: 410,
  help: 'Nothing is left to do. To have the data set again, upload its file and submit it.',
}) {
  constructor(dataset: string) {
    super(`The data set ${dataset} was deleted while this was running.`);
  }
}

export class CrawlOver extends problem({
  slug: 'crawl-over',
  title: 'The crawl is over',
  status: 409,
  help: 'A crawl that has ended does not start again. Start a new one with POST /api/v1/crawls.',
}) {
  constructor(crawlId: string) {
    super(`The crawl ${crawlId} has ended and stays as it is.`);
  }
}
