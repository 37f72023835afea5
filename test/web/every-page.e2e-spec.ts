import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page, Request } from 'playwright-core';
import { FakeGitLab } from '../support/platforms/fake-gitlab.js';
import { platformSettings } from '../support/sources.js';
import { accessibilityFindings } from './support/accessibility.js';
import { describeSite, type Looks, type Site, type Visitor } from './support/browser.js';
import { type Addresses, furnishExample } from './support/example.js';

const exported = join(process.cwd(), 'web/out');

const entrances = ['/setup/', '/sign-in/'];

const pages = existsSync(exported)
  ? readdirSync(exported, { recursive: true, withFileTypes: true })
      .filter(({ name }) => name === 'index.html')
      .map(({ parentPath }) => `/${relative(exported, parentPath)}/`.replace('//', '/'))
      .filter((page) => ![...entrances, '/404/', '/_not-found/'].includes(page))
      .sort()
  : [];

/** Pictures are taken when the folder for them is named, as `npm run screenshots` does; then from every side. */
const pictures = process.env.SCREENSHOTS;
const looks: readonly Looks[] = pictures
  ? [{}, { dark: true }, { narrow: true }, { narrow: true, dark: true }]
  : [{}, { narrow: true, dark: true }];

const gitlab = new FakeGitLab({ issues: 20, mergeRequests: 5 });

const everyPage = (site: () => Site) => {
  let addresses: Addresses;
  let emptyWorkspace: string;

  beforeAll(async () => {
    await gitlab.start();
    addresses = await furnishExample(site().owner, site().workspaceId, gitlab);
    const { body } = await site().owner.post('/workspaces', { name: 'New workspace' }).expect(201);
    emptyWorkspace = (body as { id: string }).id;
  });

  afterAll(() => gitlab.close());

  /** Opens each address in turn; resolves to what is wrong with them, by page. The watch fails on everything else. */
  const faults = async (page: Page, addressOf: Addresses, looks: string) => {
    const found: Record<string, readonly string[]> = {};
    for (const [path, address] of Object.entries(addressOf)) {
      try {
        await page.goto(address);
        await settled(page);
        if (pictures) await takePicture(page, join(pictures, `${named(path)} ${looks}.png`));
        const findings = await accessibilityFindings(page);
        if (findings.length > 0) found[path] = findings;
      } catch (error) {
        found[path] = [String(error)];
      }
    }
    return found;
  };

  for (const looking of looks) {
    const looks = described(looking);

    it(`works ${looks}`, async () => {
      const { page } = await site().visit(looking);
      const all = Object.fromEntries(pages.map((path) => [path, addresses[path] ?? path]));
      expect(await faults(page, all, looks)).toEqual({});
    }, 400_000);

    it(`that comes before the sign-in works ${looks}`, async () => {
      const { page } = await site().visitAs(undefined, looking);
      expect(await faults(page, Object.fromEntries(entrances.map((path) => [path, path])), looks)).toEqual({});
    });
  }

  it('loads little script before one can work with it', async () => {
    const bytes = {
      '/sign-in/': await scriptBytes(await site().visitAs(undefined), '/sign-in/', 'textbox'),
      '/sql/': await scriptBytes(await site().visit(), addresses['/sql/']!, 'grid'),
      '/chat/': await scriptBytes(await site().visit(), addresses['/chat/']!, 'table'),
    };
    expect(bytes['/sign-in/']).toBeLessThan(250_000);
    expect(bytes['/sql/']).toBeLessThan(600_000);
    expect(bytes['/chat/']).toBeLessThan(600_000);
  });

  it('works where there is nothing yet', async () => {
    const { page } = await site().visit();
    const ofWorkspaces = pages.filter((path) => !path.startsWith('/settings/'));
    const all = Object.fromEntries(ofWorkspaces.map((path) => [path, `${path}?workspace=${emptyWorkspace}`]));
    expect(await faults(page, all, 'empty')).toEqual({});
  }, 400_000);
};

describeSite('every page', everyPage, { settings: platformSettings() });

/** What the scripts weigh, as they are sent, that come until an element of that role is there. */
async function scriptBytes({ page }: Visitor, address: string, role: 'grid' | 'table' | 'textbox'): Promise<number> {
  const scripts: Request[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') scripts.push(request);
  });
  await page.goto(address);
  await page.getByRole(role).first().waitFor();
  const sizes = await Promise.all(scripts.map((script) => script.sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}

/** What is shown is no placeholder any more, and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.animate-pulse, [aria-label="Loading"]'));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

async function takePicture(page: Page, path: string): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true });
  await page.waitForTimeout(500);
  const looking = page.viewportSize()!;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: looking.width, height: Math.max(looking.height, height) });
  await page.screenshot({ path });
  await page.setViewportSize(looking);
}

function described({ narrow = false, dark = false }: Looks): string {
  return `${narrow ? 'narrow' : 'wide'} ${dark ? 'dark' : 'light'}`;
}

function named(path: string): string {
  return path === '/' ? 'home' : path.slice(1, -1).replaceAll('/', '-');
}
