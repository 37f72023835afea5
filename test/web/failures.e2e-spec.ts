import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { Client, ownerAccount } from '../support/app.js';
import { publishCsv } from '../support/publishing.js';
import { Service } from '../support/service.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { expectAccessible } from './support/accessibility.js';
import { describeInBrowser, describeSite } from './support/browser.js';

describeInBrowser('a service that goes away', (browser) => {
  let service: Service | undefined;

  afterEach(async () => {
    await service?.end();
    service = undefined;
  });

  const temporaryFolder = temporaryFolders();

  it('is missed at once, and the page goes on by itself when it is back', async () => {
    const dataDirectory = temporaryFolder();
    const settings = { PORT: String(await freePort()), HOST: '127.0.0.1' };
    service = await Service.start(dataDirectory, settings);
    await publishCsv(service.owner, 'city,orders\nLisbon,3\n', { dataset: 'orders' });
    const { page, watch } = await browser().visit(service.address, ownerAccount);
    watch.expect(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED/);
    await page.goto('/tables/');
    await page.getByRole('link', { name: 'orders' }).waitFor();
    const gone = page.getByRole('status').getByText('The service does not answer.');

    await service.end('SIGKILL');
    await page.getByRole('searchbox').fill('ord');
    await gone.waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('ord');

    service = await Service.start(dataDirectory, settings);
    await gone.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'orders' }).waitFor();
    expect(new URL(page.url()).search).toBe('?search=ord');
  }, 120_000);
});

describeSite('a session that ends while a page is open', (site) => {
  it('is begun again over the page, and what was being done goes on', async () => {
    await publishCsv(site().owner, 'city,orders\nLisbon,3\n', { dataset: 'orders' });
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

/** Signs the owner out everywhere, as somebody does who has lost a device. */
async function revokeSessions(address: string): Promise<void> {
  const { body } = await new Client(address, undefined).post('/auth/login', ownerAccount).expect(200);
  const client = new Client(address, (body as { access_token: string }).access_token);
  await client.delete('/users/me/sessions').expect(204);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
