import type { FakePlatform } from './fake-platform.js';

/** What a platform has been asked for one page of a sync. */
export interface PageRequests {
  /** As `METHOD /path`, in the order in which they came. */
  readonly all: readonly string[];
  /** How many are for one document: its replies, its comments, its text. */
  readonly ofDocuments: number;
}

interface Looking {
  /** Rejects when whoever asked is gone. */
  readonly pagesKept: () => Promise<number>;
  readonly look: (page: number, requests: PageRequests) => void;
}

/** Tells for which page of a sync each request is. While that cannot be known, requests wait. */
export class PageWatch {
  /** By page; some are asked for nothing. */
  readonly pages: (PageRequests | undefined)[] = [];
  private begun: Promise<Looking> = Promise.resolve({ pagesKept: () => Promise.resolve(0), look: () => undefined });
  private start: (looking: Looking) => void = () => undefined;

  constructor({ fake, ofDocuments }: { readonly fake: FakePlatform; readonly ofDocuments: RegExp }) {
    fake.beforeAnswer = async (request, isGone) => {
      const { pagesKept, look } = await this.begun;
      const page = isGone() ? undefined : await pagesKept().catch(() => undefined);
      if (page === undefined) return;
      const { all, ofDocuments: before } = this.pages[page] ?? { all: [], ofDocuments: 0 };
      const requests = { all: [...all, request], ofDocuments: before + (ofDocuments.test(request) ? 1 : 0) };
      this.pages[page] = requests;
      look(page, requests);
    };
  }

  /** Requests wait from now on, until it begins. */
  hold(): void {
    this.begun = new Promise((resolve) => (this.start = resolve));
  }

  /** Counts anew. `look` sees each request before it is answered. */
  begin(pagesKept: Looking['pagesKept'], look: Looking['look'] = () => undefined): void {
    this.pages.length = 0;
    this.start({ pagesKept, look });
    this.begun = Promise.resolve({ pagesKept, look });
  }
}
