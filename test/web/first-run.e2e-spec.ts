import { afterEach, expect, it } from '@jest/globals';
import { Client } from '../support/app.js';
import { exampleFile } from '../support/publishing.js';
import { ServiceProcess } from '../support/service.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { expectAccessible } from './support/accessibility.js';
import { describeInBrowser } from './support/browser.js';

const account = { email: 'ada@example.com', password: 'a few unrelated words' };

describeInBrowser('somebody who has just installed it', (browser) => {
  let service: ServiceProcess | undefined;

  // After the window has been closed: a page whose service has gone away says so.
  afterEach(async () => {
    await service?.end();
    service = undefined;
  });

  const temporaryFolder = temporaryFolders();

  it('comes from the setup token to a chart and an answer that they rate', async () => {
    service = new ServiceProcess(temporaryFolder(), { OWNER_EMAIL: '', OWNER_PASSWORD: '' });
    const address = await service.ready();
    const { page } = await browser().visit(address);
    await page.goto('/');
    await page.getByRole('link', { name: 'set it up' }).click();
    await page.getByLabel('Setup token').fill(/"token":"([^"]+)"/.exec(service.output)![1]!);
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByLabel('E-mail address').fill(account.email);
    await page.getByLabel('Password').fill(account.password);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();

    await page.getByRole('link', { name: 'Bring a file' }).click();
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.getByLabel('Files to upload').setInputFiles({
      name: 'seattle weather.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(exampleFile('seattle-weather.csv')),
    });
    await page.getByRole('heading', { name: 'seattle weather.csv' }).waitFor();
    await page.getByRole('columnheader', { name: 'temp_max' }).getByText('decimal').waitFor();
    expect(await page.getByLabel('Data set', { exact: true }).inputValue()).toBe('seattle_weather');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('heading', { name: 'seattle_weather is ready' }).waitFor();
    await page.getByText('1,461 rows stored, none rejected.').waitFor();

    await page.getByRole('link', { name: 'Query this table' }).click();
    const editor = page.getByRole('textbox', { name: 'SQL' });
    await editor.fill('SELECT weather, count(*) AS days FROM seattle_weather GROUP BY weather ORDER BY days DESC');
    await page.getByRole('button', { name: 'Run' }).click();
    const result = page.getByRole('region', { name: 'Result' });
    await result.getByRole('gridcell', { name: '641' }).waitFor();
    await result.getByRole('radio', { name: 'Chart' }).click();
    await result.getByRole('img', { name: /days by weather/ }).waitFor();
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Chat', exact: true }).click();
    await page.getByRole('textbox', { name: 'Your question' }).fill('How many rows are there for each weather?');
    await page.keyboard.press('Enter');
    const answer = page.getByRole('article', { name: 'Answer' });
    await answer.getByRole('region', { name: 'Table' }).getByRole('cell', { name: '641' }).waitFor();
    await answer.getByRole('button', { name: 'SQL' }).click();
    await answer.getByText('GROUP BY').waitFor();
    await answer.getByRole('button', { name: 'Bad answer' }).click();
    const dialog = page.getByRole('dialog', { name: 'What was wrong?' });
    await dialog.getByRole('button', { name: 'Incomplete' }).click();
    await dialog.getByLabel('Comment').fill('Name the years, too.');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await answer.getByRole('button', { name: 'Bad answer', pressed: true }).waitFor();
    await expectAccessible(page);
    expect(await feedbackOf(address)).toEqual([
      expect.objectContaining({ rating: 'down', reason: 'Incomplete', comment: 'Name the years, too.' }),
    ]);
  });
});

async function feedbackOf(address: string): Promise<unknown[]> {
  const { body } = await new Client(address, undefined).post('/auth/login', account).expect(200);
  const owner = new Client(address, (body as { access_token: string }).access_token);
  return ((await owner.get('/feedback').expect(200)).body as { items: unknown[] }).items;
}
