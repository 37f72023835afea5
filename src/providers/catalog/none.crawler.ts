import { Crawler, type CrawlerLook } from './crawler.js';

/** Where only the engine that has written the files reads them. */
export class NoCrawler extends Crawler {
  plan(): undefined {
    return undefined;
  }

  async look(): Promise<CrawlerLook> {
    return { differences: [] };
  }

  async stop(): Promise<boolean> {
    return true;
  }
}
