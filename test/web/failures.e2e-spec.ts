import { afterEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Client, ownerAccount } from '../support/app.js';
import { freePort } from '../support/free-port.js';
import { publishCsv } from '../support/publishing.js';
import { Service } from '../support/service.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { expectAccessible } from './support/accessibility.js';
import { describeInBrowser, describeSite } from './support/browser.js';
import { unreachable } from './support/going-away.js';

const orders = 'city,amount\nLisbon,30\nPorto,12\n';

describeInBrowser('a service that goes away', (browser) => {
  let service: Service | undefined;

  afterEach(async () => {
    await service?.end();
    service = undefined;
  });

  const temporaryFolder = temporaryFolders();

  it('is missed at once, and the page goes on by itself when it is back', async () => {
    const start = await startable();
    service = await start();
    await publishCsv(service.owner, orders, { dataset: 'orders' });
    const { page, watch } = await browser().visit(service.address, ownerAccount);
    watch.expect(unreachable);
    await page.goto('/tables/');
    await page.getByRole('link', { name: 'orders' }).waitFor();
    const gone = page.getByRole('status').getByText('The service does not answer.');

    await service.end('SIGKILL');
    await page.getByRole('searchbox').fill('ord');
    await gone.waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('ord');

    service = await start();
    await gone.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'orders' }).waitFor();
    expect(new URL(page.url()).search).toBe('?search=ord');
  });

  it('gets the question that was sent meanwhile, once', async () => {
    const start = await startable();
    service = await start();
    await publishCsv(service.owner, orders, { dataset: 'orders' });
    const { page, watch } = await browser().visit(service.address, ownerAccount);
    watch.expect(unreachable);
    await page.goto('/chat/');
    const question = page.getByRole('textbox', { name: 'Your question' });
    await question.fill('How many orders are there by city?');
    await page.keyboard.press('Enter');
    const answers = page.getByRole('article', { name: 'Answer' });
    await answers.getByRole('button', { name: 'Good answer' }).waitFor();

    await service.end('SIGKILL');
    await question.fill('What is the sum of amount?');
    await page.keyboard.press('Enter');
    await page.getByText('Sent as soon as the service answers').waitFor();
    await page.getByText('Connecting again.').waitFor();
    await expectAccessible(page);

    service = await start();
    await answers.nth(1).getByRole('button', { name: 'Good answer' }).waitFor();
    await answers.nth(1).getByText('42').first().waitFor();
    await page.reload();
    await answers.nth(1).getByText('42').first().waitFor();
    expect(await page.getByRole('article', { name: 'Question' }).allTextContents()).toEqual([
      'How many orders are there by city?',
      'What is the sum of amount?',
    ]);
    expect(await answers.count()).toBe(2);
  });

  it('gets the rest of a file', async () => {
    const start = await startable();
    service = await start();
    const { page, watch } = await browser().visit(service.address, ownerAccount);
    watch.expect(unreachable);
    const content = Buffer.from(`sensor,value\n${'north,1.25\n'.repeat(1_100_000)}`);
    await page.goto('/files/');
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await limitUploads(page, 1_000_000);
    const file = { name: 'measurements.csv', mimeType: 'text/csv', buffer: content };
    await page.getByLabel('Files to upload').setInputFiles(file);
    const tray = page.getByRole('region', { name: 'Files on their way' });
    await tray.getByText(/^Uploading 1 file, [1-9]/).waitFor();

    await service.end('SIGKILL');
    await tray.getByText('trying again').waitFor();
    await limitUploads(page, -1);
    service = await start();
    await page.getByRole('heading', { name: 'measurements.csv' }).waitFor();
    await page.getByRole('columnheader', { name: 'sensor' }).waitFor();
    expect(await bytesOf(service.owner)).toBe(content.length);
  });

  /** Starts the service, as often as one likes, at the same address and on the same data. */
  const startable = async () => {
    const dataDirectory = temporaryFolder();
    const settings = { PORT: String(await freePort()), HOST: '127.0.0.1' };
    return () => Service.start(dataDirectory, settings);
  };
});

describeSite('a session that ends while a page is open', (site) => {
  it('is begun again over the page, and what was being done goes on', async () => {
    await publishCsv(site().owner, orders, { dataset: 'orders' });
    const { page, watch } = await site().visit();
    watch.expect(/401 \(Unauthorized\)/);
    await page.goto('/tables/view/?name=orders');
    await page.getByRole('button', { name: 'the description of orders' }).first().click();
    await page.getByRole('textbox', { name: 'the description of orders' }).fill('Orders by city, since May');
    await revokeSessions(site().address);

    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.waitFor();
    await expectAccessible(page);
    expect(await dialog.getByLabel('E-mail address').inputValue()).toBe(ownerAccount.email);
    await dialog.getByLabel('Password').fill(ownerAccount.password);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Orders by city, since May').waitFor();
    await page.reload();
    await page.getByText('Orders by city, since May').waitFor();
  });
});

/** From now on the page sends so many bytes a second; -1 is as fast as it can. */
async function limitUploads(page: Page, uploadThroughput: number): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Network.enable');
  const unchanged = { offline: false, latency: 0, downloadThroughput: -1 };
  await devTools.send('Network.emulateNetworkConditions', { ...unchanged, uploadThroughput });
}

/** The size of the only upload there is. */
async function bytesOf(owner: Client): Promise<number> {
  const { items } = (await owner.get('/uploads').expect(200)).body as { items: { bytes: number }[] };
  expect(items).toHaveLength(1);
  return items[0]!.bytes;
}

/** Signs the owner out everywhere, as somebody does who has lost a device. */
async function revokeSessions(address: string): Promise<void> {
  const { body } = await new Client(address, undefined).post('/auth/login', ownerAccount).expect(200);
  const client = new Client(address, (body as { access_token: string }).access_token);
  await client.delete('/users/me/sessions').expect(204);
}
