import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Client, ownerAccount, type StartOptions, startApp, type TestApp } from '../../support/app.js';
import { findChromium, launchChromium } from './chromium.js';
import { Watch } from './watch.js';

/** How somebody looks at the pages. */
export interface Looks {
  /** As on a phone: 390 px wide. */
  readonly narrow?: boolean;
  readonly dark?: boolean;
}

/** Somebody with a browser window of their own. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** `watch.expect(/…/)` names what would otherwise fail the test: refusals by the API show up in the console. */
  readonly watch: Watch;
}

export interface Account {
  readonly email: string;
  readonly password: string;
}

/** A Chromium and the windows that a test has opened in it. */
export class TestBrowser {
  private readonly visitors: Visitor[] = [];

  constructor(private readonly chromium: Browser) {}

  /** A window at the address (`page.goto('/sql/')` is relative to it), signed in when an account is given. */
  async visit(address: string, account?: Account, looks: Looks = {}): Promise<Visitor> {
    const localStorage = account ? [{ name: 'tabletalk.session', value: await signIn(address, account) }] : [];
    const context = await this.chromium.newContext({
      baseURL: address,
      storageState: { cookies: [], origins: [{ origin: address, localStorage }] },
      viewport: looks.narrow ? { width: 390, height: 844 } : { width: 1280, height: 800 },
      isMobile: looks.narrow,
      hasTouch: looks.narrow,
      colorScheme: looks.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(60_000);
    const watch = new Watch(context, address);
    const visitor = { page: await context.newPage(), context, watch };
    this.visitors.push(visitor);
    return visitor;
  }

  /** Closes the windows; returns what went wrong in them though no test expected it. */
  async closeWindows(): Promise<string[]> {
    const visitors = this.visitors.splice(0);
    const unexpected = visitors.flatMap(({ watch }) => watch.unexpected);
    await Promise.all(visitors.map(({ context }) => context.close()));
    return unexpected;
  }

  close(): Promise<void> {
    return this.chromium.close();
  }
}

/** Tests with a browser, which every test of the body may open windows in. Without Chromium they are skipped. */
export function describeInBrowser(name: string, body: (browser: () => TestBrowser) => void): void {
  const executable = findChromium();
  if (!executable) {
    if (process.env.BROWSER_TESTS === 'required') throw new Error(`There is no Chromium: ${advice}.`);
    describe.skip(`${name} (no Chromium: ${advice})`, () => body(() => undefined as never));
    return;
  }
  describe(name, () => {
    let browser: TestBrowser;

    beforeAll(async () => {
      if (!existsSync(join(process.cwd(), 'web/out/index.html'))) {
        throw new Error('The web page is not built. Run: node scripts/build-web.mjs');
      }
      browser = new TestBrowser(await launchChromium(executable));
    });

    afterEach(async () => expect(await browser.closeWindows()).toEqual([]));

    afterAll(async () => browser?.close());

    body(() => browser);
  });
}

const advice = 'install it (apt-get install chromium) or name it with CHROMIUM_PATH';

/** The whole service with an owner, and a browser. */
export interface Site extends TestApp {
  /** A new window in which the owner is signed in. */
  visit(looks?: Looks): Promise<Visitor>;
  /** A new window in which somebody else is signed in, or nobody. */
  visitAs(account: Account | undefined, looks?: Looks): Promise<Visitor>;
}

/** `describeInBrowser` with one service, started in this process, for all tests of the body. */
export function describeSite(name: string, body: (site: () => Site) => void, options: StartOptions = {}): void {
  describeInBrowser(name, (browser) => {
    let app: TestApp;

    beforeAll(async () => {
      app = await startApp(options);
    });

    afterAll(async () => app?.close());

    body(() => ({
      ...app,
      visit: (looks) => browser().visit(app.address, ownerAccount, looks),
      visitAs: (account, looks) => browser().visit(app.address, account, looks),
    }));
  });
}

/** Signs in through the API and returns what the page would then keep. */
async function signIn(address: string, { email, password }: Account): Promise<string> {
  const { body } = await new Client(address, undefined).post('/auth/login', { email, password }).expect(200);
  const pair = body as { access_token: string; refresh_token: string; expires_in: number };
  return JSON.stringify({
    accessToken: pair.access_token,
    refreshToken: pair.refresh_token,
    expiresAt: Date.now() + pair.expires_in * 1000,
  });
}
