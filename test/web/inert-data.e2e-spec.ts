import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { analysisEnd, sendInterview } from '../support/analyses.js';
import { addSource, documentOf, indexed, putDocuments } from '../support/documents.js';
import { uploadCsv } from '../support/publishing.js';
import { describeSite } from './support/browser.js';

/** Texts that do something where a page takes them for more than text. What they do is to set `attacked`. */
const attacks = [
  '<script>attacked=1</script>',
  '</script><script>attacked=1</script>',
  '<img src=x onerror=attacked=1>',
  '"><svg onload=attacked=1>',
  "'><body onpageshow=attacked=1>",
  '<iframe srcdoc="<script>parent.attacked=1</script>"></iframe>',
  '<a href="javascript:attacked=1">click</a>',
  '[click](javascript:attacked=1)',
  '![image](https://attacker.example/pixel.png)',
  '<style>@import "https://attacker.example/x.css"</style>',
  '<math><mtext></p><mglyph><style><img src=x onerror=attacked=1>',
  '<form action="https://attacker.example"><button autofocus onfocus=attacked=1>',
  '<template><img src=x onerror=attacked=1></template>',
  '{{constructor.constructor("attacked=1")()}}',
  '${attacked=1}',
  'javascript:attacked=1',
  '<details open ontoggle=attacked=1>',
  '\u202Egnp.exe',
  '<!--<img src="--><img src=x onerror=attacked=1>',
  '<noscript><p title="</noscript><img src=x onerror=attacked=1>">',
];

const fileName = '"><img src=x onerror=attacked=1>.csv';
const headers = ['<img src=head onerror=attacked=1>', '"><svg onload=attacked=1>', 'n'];
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csv = [
  headers.map(quoted).join(','),
  ...attacks.map((attack, index) => [quoted(attack), quoted(attack), index].join(',')),
  // A value that does not fit, so that it is quoted as a reject.
  [quoted('last'), quoted('last'), quoted(attacks[2]!)].join(','),
].join('\n');

describeSite('what data says', (site) => {
  it('R29: stays text in cells, headers and file names', async () => {
    const { page } = await site().visit();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const uploadId = await uploadCsv(site().owner, csv, fileName);

    await page.goto(`/files/upload/?id=${uploadId}`);
    await page.getByRole('heading', { name: fileName }).waitFor();
    const grid = page.getByRole('table', { name: 'Preview of the rows' });
    for (const attack of attacks.slice(0, 12)) await grid.getByText(attack, { exact: true }).first().waitFor();
    await expectInert(page);
    await grid.getByRole('columnheader').nth(1).getByRole('button').click();
    const editor = page.getByRole('dialog');
    await editor.getByText(headers[0]!, { exact: true }).waitFor();
    await editor.getByText(attacks[0]!, { exact: true }).waitFor();
    await expectInert(page);
    await page.keyboard.press('Escape');

    const { columns } = (await site().owner.get(`/uploads/${uploadId}/contract`).expect(200)).body as {
      columns: { name: string; type: string }[];
    };
    columns[2] = { ...columns[2]!, type: 'bigint' };
    await site().owner.put(`/uploads/${uploadId}/contract`, { columns }).expect(200);
    await page.reload();
    await page.getByRole('region', { name: 'Warnings' }).getByText(attacks[2]!).waitFor();
    await expectInert(page);
    await page.getByLabel('Data set', { exact: true }).fill('attacks');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(`${attacks.length} rows stored, 1 row rejected.`).waitFor();
    await page.getByText(fileName).waitFor();
    await expectInert(page);

    await page.goto('/files/dataset/?name=attacks');
    await page.getByText(`Created from ${fileName}`).waitFor();
    await page.getByRole('tab', { name: '1 rejected row' }).click();
    await page.getByRole('cell', { name: attacks[2]! }).waitFor();
    await expectInert(page);
    await page.goto('/files/?show=uploads');
    await page.getByRole('link', { name: fileName }).waitFor();
    await expectInert(page);
    await page.goto('/tables/view/?name=attacks&tab=rows');
    // The page has a query answered before it shows rows.
    await page.getByText(attacks[0]!, { exact: true }).first().waitFor();
    await expectInert(page);
    expect(dialogs).toEqual([]);
  });

  it('R29: stays text in interviews, and in what is found in them', async () => {
    const { page } = await site().visit();
    const spoken = attacks.filter((attack) => !attack.includes('\u202E'));
    const turns = spoken.map(
      (attack) => `${attacks[2]}: I was terribly annoyed about the money, ${attack}, it was bad.`,
    );
    const [name, title] = [`${fileName}.txt`, attacks[4]!];
    const requestId = await sendInterview(site().owner, turns.join('\n\n'), { name, title, method: 'extractive' });
    expect(await analysisEnd(site().owner, requestId)).toMatchObject({ overall_status: 'completed' });
    await page.goto('/analysis/');
    await page.getByRole('link', { name: title }).waitFor();
    await expectInert(page);
    for (const level of ['principles', 'insights', 'patterns', 'meanings', 'chunks']) {
      await page.goto(`/analysis/view/?id=${requestId}&show=${level}`);
      await page.getByRole('heading', { name: title }).waitFor();
      await page
        .getByRole('region', { name: /^Text of / })
        .getByText(attacks[0]!)
        .first()
        .waitFor();
      await expectInert(page);
    }
    await page.getByRole('link', { name: /^“/ }).first().click();
    await page.getByText(/^Quote 1 of /).waitFor();
    await expectInert(page);
  });

  it('R29: stays text in the name of a file on its way', async () => {
    const { page } = await site().visit();
    await page.route('**/api/v1/uploads/resumable/*', (route) =>
      route.request().method() === 'PATCH' ? undefined : route.continue(),
    );
    await page.goto('/files/?show=uploads');
    const file = { name: fileName, mimeType: 'text/csv', buffer: Buffer.from('id\n1\n') };
    await page.getByLabel('Files to upload').setInputFiles(file);
    await page.getByRole('button', { name: `Cancel ${fileName}` }).waitFor();
    await expectInert(page);
  });

  it('R29: stays text in documents, and where they are listed, found and cited', async () => {
    const { app, workspaceId } = site();
    const sourceId = await addSource(app, workspaceId, { name: attacks[6]! });
    const text = `Octopus invoices.\n\n${attacks.join('\n\n')}`;
    const hostile = { title: attacks[2]!, author: attacks[3]!, container: attacks[4]!, url: 'javascript:attacked=1' };
    const part = { start: 19, end: 40, author: attacks[0]!, createdAt: '2026-05-01T08:00:00.000Z', url: hostile.url };
    const metadata = { state: attacks[5]!, labels: attacks.slice(7, 9) };
    await putDocuments(app, { workspaceId, sourceId }, [
      documentOf('m1', text, { ...hostile, kind: 'issue', parts: [part], metadata }),
    ]);
    await indexed(app, workspaceId);
    const { page } = await site().visit();
    const title = page.getByRole('link', { name: attacks[2]!, exact: true });

    await page.goto('/documents/');
    await title.waitFor();
    await expectInert(page);
    await page.goto('/documents/?q=octopus+invoices');
    await page.locator('mark', { hasText: 'Octopus' }).waitFor();
    await expectInert(page);
    await title.click();
    await page.getByRole('heading', { level: 1, name: attacks[2]! }).waitFor();
    await page.locator('mark', { hasText: 'Octopus' }).waitFor();
    const shown = await page.getByRole('main').innerText();
    for (const attack of attacks) expect(shown).toContain(attack);
    await expectInert(page);
    await page.goto('/chat/?ask=What+is+said+of+octopus+invoices%3F');
    await page.getByRole('list', { name: 'Documents' }).getByText('Octopus invoices.').waitFor();
    await expectInert(page);
  });
});

/** Nothing of the data has become an element or has run. */
async function expectInert(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: 'attacked' in window,
    elements: [
      ...document.querySelectorAll(
        'img:not([src="/icon.svg"]), iframe, object, embed, base, svg[onload], [onerror], [onload], [onfocus], [ontoggle], math',
      ),
    ].map(({ outerHTML }) => outerHTML),
    links: [...document.querySelectorAll('a[href]')]
      .map((link) => link.getAttribute('href') ?? '')
      .filter((address) => !address.startsWith('/') && !address.startsWith('#')),
  }));
  expect(found).toEqual({ ran: false, elements: [], links: [] });
}
