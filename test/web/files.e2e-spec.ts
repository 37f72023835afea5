import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { publishCsv, submitCsv, uploadCsv } from '../support/publishing.js';
import { expectAccessible } from './support/accessibility.js';
import { describeSite } from './support/browser.js';

const orders = [
  'Order No;Kunde;Preis;Datum',
  '1;Müller;1,50;03/04/2021',
  '2;Jäger;2,75;05/06/2021',
  '3;Öz;n/a;07/08/2021',
  'x4;Weiß;4,00;09/10/2021',
].join('\n');

describeSite('files', (site) => {
  it('are dropped, looked at, changed and published', async () => {
    const { page } = await site().visit();
    await page.goto('/files/');
    await page.getByRole('heading', { name: 'Bring your first file' }).waitFor();
    await drop(page, 'orders.csv', orders);

    await page.getByRole('heading', { name: 'orders.csv' }).waitFor();
    const rows = page.getByRole('table', { name: 'Preview of the rows' });
    await rows.getByRole('cell', { name: 'Müller' }).waitFor();
    expect(await rows.getByRole('row').nth(3).getByRole('cell').allInnerTexts()).toEqual([
      '3',
      'Öz',
      'NULL',
      '07/08/2021',
    ]);
    await expectAccessible(page);

    await page.getByLabel('Delimiter', { exact: true }).selectOption({ label: 'Comma ,' });
    await rows.getByRole('cell', { name: /2;Jäger;2/ }).waitFor();
    await page.getByLabel('Delimiter', { exact: true }).selectOption({ label: 'Semicolon ;' });
    await rows.getByRole('cell', { name: 'Jäger', exact: true }).waitFor();

    await page.getByRole('region', { name: 'Warnings' }).getByRole('button', { name: 'datum' }).click();
    const editor = page.getByRole('dialog', { name: 'datum' });
    await editor.getByLabel('Type').selectOption({ label: 'Date' });
    await editor.getByLabel('Format').fill('%d/%m/%Y');
    await editor.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('datum is read as date').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await rows.getByRole('cell', { name: '2021-04-03' }).waitFor();

    await rows.getByRole('columnheader', { name: 'order_no' }).getByRole('button').click();
    const number = page.getByRole('dialog', { name: 'order_no' });
    await number.getByLabel('Type').selectOption({ label: 'Whole number' });
    await number.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('order_no is read as bigint').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Line 5' }).click();
    await rows.getByTitle('x4 is no bigint').waitFor();

    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('heading', { name: 'Published orders' }).waitFor();
    await page.getByText('3 rows stored, 1 row rejected.').waitFor();
    expect(await page.getByRole('link', { name: 'Query this table' }).getAttribute('href')).toContain('orders');
    await expectAccessible(page);
    await page.reload();
    await page.getByText('3 rows stored, 1 row rejected.').waitFor();

    await page.getByRole('link', { name: 'See the 1 rejected row' }).click();
    const rejects = page.getByRole('region', { name: 'Rejected rows' });
    await rejects.getByRole('cell', { name: 'x4' }).waitFor();
    await expectAccessible(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('orders-v1-rejects.csv');
    expect(readFileSync(await download.path(), 'utf8')).toContain('5,order_no,x4,');
  });

  it('say beside the field why a column cannot be stored so', async () => {
    const { page, watch } = await site().visit({ narrow: true, dark: true });
    watch.expect(/400 .*\/contract/);
    const id = await uploadCsv(site().owner, 'city,population\nLisbon,545000\n', 'cities.csv');
    await page.goto(`/files/upload/?id=${id}`);
    await page.getByRole('columnheader', { name: 'city' }).getByRole('button').click();
    await page.getByLabel('Name', { exact: true }).fill('population');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Another column has this name.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('town');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('town is read as varchar').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'town' }).waitFor();
    await page.getByRole('button', { name: 'Take back changes to 1 column' }).click();
    await page.getByRole('columnheader', { name: 'city' }).waitFor();
  });

  it('replace rows, of which an earlier version is restored', async () => {
    await publishCsv(site().owner, 'city,people\nLisbon,545000\nPorto,232000\n', { dataset: 'towns' });
    const { page, watch } = await site().visit();
    watch.expect(/409 .*\/submit/);
    await page.goto('/files/');
    await page.getByLabel('Files to upload').setInputFiles({
      name: 'towns.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('city,people,since\nFaro,65000,1249\n'),
    });
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('button', { name: 'Replace its rows' }).click();
    await page.getByText('1 row stored, none rejected.').waitFor();
    await page.getByText('since').waitFor();

    await page.goto('/files/dataset/?name=towns');
    await page.getByText('Version 2').waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await expectAccessible(page);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByText('Version 1 is restored as version 3').waitFor();
    await page.getByText('Restored from version 1, 2 rows').waitFor();

    await page.getByRole('button', { name: 'More about this data set' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const sure = page.getByRole('alertdialog', { name: 'Delete towns?' });
    expect(await sure.getByRole('button', { name: 'Delete for good' }).isDisabled()).toBe(true);
    await sure.getByLabel(/Type towns/).fill('towns');
    await sure.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('link', { name: 'orders', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'towns', exact: true }).count()).toBe(0);
  });

  it('show each step of a publication, and lead on from it', async () => {
    const { crawl_id: id } = await submitCsv(site().owner, 'id\n1\n2\n', { dataset: 'numbers' });
    const { page } = await site().visit();
    await page.goto(`/files/crawl/?id=${id}`);
    await page.getByText('numbers is ready').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: ': done' }).count()).toBe(4);
    await page.getByRole('link', { name: 'Ask about it' }).click();
    await page.getByText('What is in numbers?').first().waitFor();
  });
});

const longPath = join(tmpdir(), `tabletalk-long-${process.pid}.csv`);
const longBytes = 12_000_008;

describeSite('an upload', (site) => {
  beforeAll(() => writeFileSync(longPath, `id,text\n${`1,${'x'.repeat(97)}\n`.repeat(120_000)}`));
  afterAll(() => rmSync(longPath, { force: true }));

  it('is paused, and goes on after a reload with what is missing', async () => {
    const { page } = await site().visit();
    const warned: string[] = [];
    page.on('dialog', (dialog) => {
      warned.push(dialog.type());
      void dialog.accept();
    });
    const offsets: number[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
    });
    await page.goto('/files/');
    await limitUploads(page, 3_000_000);
    await page.getByLabel('Files to upload').setInputFiles(longPath);
    const tray = page.getByRole('region', { name: 'Files on their way' });
    await tray.getByText(/^[2-9]\.\d MB of 12\.0 MB, .+\/s, .+ left$/).waitFor();
    await tray.getByRole('button', { name: /^Pause/ }).click();
    await tray.getByText(/^Paused at/).waitFor();
    await page.getByRole('link', { name: 'Tables' }).click();
    await page.getByRole('heading', { name: 'Tables', exact: true }).waitFor();
    await tray.getByRole('button', { name: /^Go on with/ }).click();
    await tray.getByText(/^[4-9]\.\d MB of 12\.0 MB, .+ left$/).waitFor();
    await page.reload();
    expect(warned).toEqual(['beforeunload']);

    await tray.getByText('1 upload interrupted').waitFor();
    await tray.getByText(/^Interrupted after [4-9]\.\d MB of 12\.0 MB/).waitFor();
    await expectAccessible(page);
    const again = tray.getByLabel(/^The file/);
    await again.setInputFiles({ name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from('id\n1\n') });
    await page.getByText('This is another file').waitFor();
    await limitUploads(page, -1);
    await again.setInputFiles(longPath);
    await tray.getByRole('link', { name: /^Look at/ }).click();
    await page.getByRole('table', { name: 'Preview of the rows' }).waitFor();

    expect(offsets).toHaveLength(3);
    expect(offsets[0]).toBe(0);
    expect(offsets[1]).toBeGreaterThan(1_000_000);
    expect(offsets[2]).toBeGreaterThan(offsets[1]!);
    const { body } = await site().owner.get('/uploads').expect(200);
    expect((body as { items: object[] }).items).toMatchObject([{ status: 'ready', bytes: longBytes }]);
  });

  it('goes on by itself when the connection comes back', async () => {
    const { page, watch } = await site().visit();
    watch.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    let cut = true;
    await page.route('**/api/v1/uploads/resumable/*', (route) => (cut ? route.abort() : route.continue()));
    await page.goto('/files/');
    await page.getByLabel('Files to upload').setInputFiles({
      name: 'short.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('id\n1\n'),
    });
    await page.getByText(/Connection lost/).waitFor();
    cut = false;
    await page.getByRole('heading', { name: 'short.csv' }).waitFor();
  });

  it('is taken back, with all that has arrived', async () => {
    const { page } = await site().visit();
    await page.route('**/api/v1/uploads/resumable/*', (route) =>
      route.request().method() === 'PATCH' ? undefined : route.continue(),
    );
    await page.goto('/files/?show=uploads');
    const underWay = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByLabel('Files to upload').setInputFiles({
      name: 'unwanted.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('id\n1\n'),
    });
    await underWay;
    const list = page.getByRole('region', { name: 'Files on their way' });
    const gone = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await list.getByRole('button', { name: 'Cancel unwanted.csv' }).click();
    expect((await gone).status()).toBe(204);
  });
});

/** Bytes a second; -1 lifts the limit. */
async function limitUploads(page: Page, uploadThroughput: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const others = { offline: false, latency: 0, downloadThroughput: -1 };
  await session.send('Network.emulateNetworkConditions', { ...others, uploadThroughput });
}

/** Drops a file on the page, as from a window of the desktop. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], fileName, { type: 'text/csv' }));
      return transfer;
    },
    [name, content] as const,
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer });
  await page.getByText('Drop the files to upload them').waitFor();
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}
