import { beforeAll, expect, it } from '@jest/globals';
import { publishCsv } from '../support/publishing.js';
import { expectAccessible } from './support/accessibility.js';
import { describeSite } from './support/browser.js';

const orders = [
  'order_id,city,amount,ordered_on',
  ...Array.from({ length: 60 }, (_, row) => {
    const city = ['Lisbon', 'Porto', '<b>Faro</b>'][row % 3];
    return `${row + 1},${city},${(row * 1.5).toFixed(2)},2024-0${(row % 6) + 1}-10`;
  }),
].join('\n');

describeSite('tables', (site) => {
  beforeAll(async () => {
    await publishCsv(site().owner, orders, { dataset: 'orders' });
    await publishCsv(site().owner, 'name\nAda\n', { dataset: 'people' });
    const wide = Array.from({ length: 300 }, (_, column) => `column_${column}`);
    await publishCsv(site().owner, `${wide.join(',')}\n${wide.map((_, column) => column).join(',')}\n`, {
      dataset: 'wide',
    });
  });

  it('are found by the name of a column, and open by keyboard', async () => {
    const { page } = await site().visit();
    await page.goto('/tables/');
    await page.getByRole('link', { name: /^people/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('searchbox').fill('ordered_on');
    await page.getByRole('link', { name: /^people/ }).waitFor({ state: 'detached' });
    expect(page.url()).toContain('search=ordered_on');
    await page.getByRole('link', { name: /^orders/ }).press('Enter');
    await page.getByRole('heading', { name: 'orders' }).waitFor();
  });

  it('show how their columns look, with texts of the data as texts', async () => {
    const { page } = await site().visit({ dark: true });
    await page.goto('/tables/view/?name=orders');
    await page.getByText('60 rows · 4 columns').waitFor();
    await page.getByRole('img', { name: /Values of amount from 0.00 to 88.50/ }).waitFor();
    await page.getByText('<b>Faro</b>').waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Sample rows' }).click();
    const rows = page.getByRole('region', { name: 'Sample rows of orders' }).getByRole('row');
    await rows.nth(20).waitFor();
    expect(await rows.count()).toBe(21);
    expect(page.url()).toContain('tab=rows');
    await expectAccessible(page);
  });

  it('take descriptions where they stand, and show the old one again when the service refuses', async () => {
    const { page, watch } = await site().visit();
    await page.goto('/tables/view/?name=orders');
    await page.getByRole('button', { name: /Add a description.*change the description of city/ }).click();
    await page.getByRole('textbox', { name: 'the description of city' }).fill('Where it went');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Where it went.*change the description of city/ }).waitFor();
    await page.reload();
    await page.getByText('Where it went').waitFor();

    watch.expect(/500 .*\/tables\/orders/);
    await page.route('**/api/v1/tables/orders', (route) =>
      route.request().method() === 'PATCH'
        ? route.fulfill({ status: 500, json: { title: 'Disk full', detail: 'Nothing was changed.' } })
        : route.fallback(),
    );
    await page.getByRole('button', { name: /change the description of city/ }).click();
    await page.getByRole('textbox', { name: 'the description of city' }).fill('Elsewhere');
    await page.keyboard.press('Enter');
    await page.getByText('Disk full').waitFor();
    await page.getByText('Where it went').waitFor();
  });

  it('draw only the columns in sight when there are very many', async () => {
    const { page } = await site().visit();
    await page.goto('/tables/view/?name=wide');
    await page.getByText('column_0', { exact: true }).waitFor();
    expect(await page.getByText(/^column_\d+$/).count()).toBeLessThan(60);
    await page.getByRole('searchbox').fill('column_299');
    await page.getByText('column_299', { exact: true }).waitFor();
  });

  it('say when there is none of that name', async () => {
    const { page, watch } = await site().visit({ narrow: true });
    watch.expect(/404 .*\/tables\/nothing/);
    await page.goto('/tables/view/?name=nothing');
    await page.getByText('There is no table called nothing').waitFor();
    await page.getByRole('link', { name: 'Show every table' }).click();
    await page.getByRole('heading', { name: 'Tables' }).waitFor();
  });
});
