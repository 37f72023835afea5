import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from '@jest/globals';
import { publishCsv } from '../support/publishing.js';
import { expectAccessible } from './support/accessibility.js';
import { describeSite } from './support/browser.js';

const orders = [
  'order_id,city,amount',
  ...Array.from({ length: 60 }, (_, row) => `${row + 1},${['Lisbon', 'Porto', '<b>Faro</b>'][row % 3]},${row * 1.5}`),
].join('\n');

/** What the service refuses while one types, and browsers note by themselves. */
const refusedWhileTyping = /400 .*\/queries/;

describeSite('SQL', (site) => {
  beforeAll(async () => {
    await publishCsv(site().owner, orders, { dataset: 'orders' });
  });

  it('is completed, run, drawn and downloaded, and is back after a reload', async () => {
    const { page, watch } = await site().visit();
    watch.expect(refusedWhileTyping);
    await page.goto('/sql/');
    await page.locator('.cm-content').click();
    await page.keyboard.type('select city, sum(amount) as total from ord');
    await page.getByRole('option', { name: /^orders/ }).click();
    await page.keyboard.type(' group by city order by city');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Reads / }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('gridcell', { name: '<b>Faro</b>' }).waitFor();
    await page.getByText('3 rows').waitFor();
    await expectAccessible(page);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    expect(file.trim().split(/\r?\n/)).toHaveLength(4);

    await page.getByRole('radio', { name: 'Chart' }).click();
    await page.getByRole('img', { name: /total/ }).waitFor();
    await expectAccessible(page);
    expect(page.url()).toMatch(/\?query=qry_/);
    await page.reload();
    await page.getByRole('img', { name: /total/ }).waitFor();
    await page.locator('.cm-content', { hasText: 'group by city' }).waitFor();
  });

  it('shows where a statement is at fault, and leads there', async () => {
    const { page, watch } = await site().visit({ dark: true });
    watch.expect(refusedWhileTyping);
    await page.goto(`/sql/?sql=${encodeURIComponent('select city,\n  amuont\nfrom orders')}`);
    await page.getByText('Line 2: There is no column amuont.').waitFor();
    await page.locator('.cm-lintRange-error', { hasText: 'amuont' }).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Did you mean amount?').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Go to line 2, column 3' }).click();
    await page.keyboard.press('Control+Delete');
    await page.keyboard.type('amount');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.getByText('60 rows').waitFor();
  });

  it('with parameters is saved, shared as a feed, and opened by its address', async () => {
    const { page, watch } = await site().visit();
    watch.expect(refusedWhileTyping);
    await page.goto(`/sql/?sql=${encodeURIComponent('select * from orders where order_id > :least')}`);
    await page.getByLabel('Type of least').selectOption('integer');
    await page.getByLabel(':least', { exact: true }).fill('ten');
    await page.keyboard.press('Enter');
    await page.getByText('Give a whole number.').waitFor();
    await page.getByLabel(':least', { exact: true }).fill('50');
    await page.keyboard.press('Enter');
    await page.getByText('10 rows').waitFor();

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Late orders');
    await dialog.getByLabel('Default of least').fill('58');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tab', { name: 'Late orders' }).waitFor();

    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('menuitem', { name: 'Share as a feed' }).click();
    await page.getByRole('button', { name: 'Create feed' }).click();
    await page.getByRole('button', { name: 'Create a token' }).click();
    await page.getByRole('tab', { name: 'curl' }).click();
    const command = (await page.getByText(/^curl .*Bearer tt_/).textContent())!;
    await expectAccessible(page);
    const [, token] = /Bearer (\S+)"/.exec(command)!;
    const [address] = /http\S+\.csv/.exec(command)!;
    const read = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    expect((await read.text()).trim().split(/\r?\n/)).toHaveLength(3);
    await page.getByRole('button', { name: 'Done' }).click();

    const { page: other } = await site().visit({ narrow: true });
    await other.goto(new URL(page.url()).pathname + new URL(page.url()).search.replace(/query=[^&]*&/, ''));
    await other.getByRole('tab', { name: 'Late orders' }).waitFor();
    await other.getByRole('button', { name: 'Run', exact: true }).click();
    await other.getByText('2 rows').waitFor();
    await other.goto('/sql/feeds/');
    await other.getByRole('button', { name: 'Delete' }).click();
    await other.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await other.getByText('No feeds yet').waitFor();
  });

  it('in tabs is closed and brought back, and what ran is found in the history', async () => {
    const { page } = await site().visit();
    await page.goto('/sql/?sql=select%2041%20as%20answer');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('gridcell', { name: '41' }).waitFor();
    const tab = page.getByRole('tab', { name: /^select 41/ });
    await tab.press('Delete');
    await page.getByRole('tab', { name: 'New query' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await tab.press('Delete');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('searchbox').fill('41 as answer');
    await page.getByRole('button', { name: /^select 41 as answer/ }).click();
    await page.getByRole('gridcell', { name: '41' }).waitFor();
  });

  it('that takes long is watched and cancelled', async () => {
    const { page } = await site().visit();
    const endless =
      'select count(*) as n from unnest(sequence(1, 100000)) a(x) cross join unnest(sequence(1, 1000000)) b(y) where x * y % 7 = 3';
    await page.goto(`/sql/?sql=${encodeURIComponent(endless)}`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Running' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).first().click();
    await page.getByText('The query was cancelled').waitFor();
  });
});
