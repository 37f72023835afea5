import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { completedAnalysis, failedAnalysis } from '../support/analyses.js';
import { expectAccessible } from './support/accessibility.js';
import { describeSite } from './support/browser.js';

const interviews = join(process.cwd(), 'test/fixtures/interviews');

describeSite('the analysis of interviews', (site) => {
  it('leads from a sample to principles, and from these back to who said what', async () => {
    const { page } = await site().visit();
    await page.goto('/analysis/');
    await page.getByRole('heading', { name: 'From interviews to principles' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Try a sample' }).click();
    await page.getByRole('heading', { name: 'Money and work, as two men remember them' }).waitFor();
    await page.getByRole('tab', { name: /^Principles [1-9]/ }).waitFor();
    await page.getByRole('note').getByText('Made without a language model').waitFor();

    await page
      .getByRole('button', { name: /insights?, .* quotes?/ })
      .first()
      .click();
    const quote = page.getByRole('list', { name: 'Speaks for it' }).getByRole('link').first();
    await quote.press('Enter');
    const said = (await quote.textContent())!.replace(/^“(.*)”.*$/s, '$1');
    await expectMarked(page, said);
    await page.reload();
    await expectMarked(page, said);
    await page.getByText(/^Quote 1 of \d+$/).waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Next quote' }).press('Enter');
    await page.getByText(/^Quote 2 of \d+$/).waitFor();
    const above = page.getByRole('complementary', { name: 'Interview' });
    await above
      .getByRole('link', { name: /^Insight \d/ })
      .first()
      .click();
    await page.getByRole('tab', { name: /^Insights/, selected: true }).waitFor();
    await page.goBack();
    await page.getByRole('tab', { name: /^Principles/, selected: true }).waitFor();

    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('Money-and-work-as-two-men-remember-them.csv');
    expect(readFileSync(await file.path(), 'utf8')).toContain('Fountain Hughes');
  });

  it('takes chosen transcripts, and no other files', async () => {
    const { page } = await site().visit();
    await completedAnalysis(site().owner, 'Forms without an answer');
    await page.goto('/analysis/');
    await page.getByRole('link', { name: 'Forms without an answer' }).waitFor();
    const chosen = ['bob-ledbetter-1940.vtt', 'README.md'].map((name) => join(interviews, name));
    await page
      .getByLabel('Interviews to analyse')
      .first()
      .setInputFiles([...chosen, join(process.cwd(), 'package.json')]);
    const dialog = page.getByRole('dialog', { name: 'New analysis' });
    await dialog.getByText('Not a transcript: package.json.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Leave out package.json' }).click();
    await dialog.getByRole('button', { name: 'Leave out README.md' }).click();
    await dialog.getByLabel('Title').fill('Reading and writing at night');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Reading and writing at night' }).waitFor();
    await page.getByRole('tab', { name: /^Meanings [1-9]/ }).click();
    await page.getByRole('searchbox', { name: 'Search meanings' }).fill('daddy');
    const found = page.getByRole('article').getByRole('link', { name: /daddy.*Bob Ledbetter · \d:\d\d/s });
    await found.first().click();
    await expectMarked(page, 'daddy');

    await page.getByRole('link', { name: 'Compare' }).click();
    const other = page.getByLabel('Second').getByRole('option', { name: /^Forms without an answer/ });
    await page.getByLabel('Second').selectOption(await other.textContent());
    await page.getByRole('heading', { name: 'Only in Forms without an answer' }).first().waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Analyse their interviews together' }).click();
    await page.getByRole('heading', { name: 'Reading and writing at night, Forms without an answer' }).waitFor();
    const interviewsRead = page.getByLabel('Interview to read').getByRole('option');
    await interviewsRead.nth(1).waitFor({ state: 'attached' });
    expect(await interviewsRead.allTextContents()).toEqual(['1. bob-ledbetter-1940.vtt', '2. interview.txt']);
  });

  it('says why an analysis has failed, and lets it go on', async () => {
    const failed = await failedAnalysis(site().owner);
    const { page } = await site().visit({ narrow: true, dark: true });
    await page.goto(`/analysis/view/?id=${failed}`);
    await page.getByRole('alert').getByText('No language model is set up').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Go on without a language model' }).click();
    await page.getByRole('tab', { name: /^Meanings [1-9]/ }).click();
    await page.getByRole('article').getByRole('link', { name: /“/ }).first().click();
    const interview = page.getByRole('dialog', { name: 'Interview' });
    await interview.getByText(/^Quote 1 of \d+$/).waitFor();
    await expectAccessible(page);
    await interview.getByRole('button', { name: 'Close' }).click();
    await interview.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Analysis', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'interview.txt' }).count()).toBe(0);
  });
});

/** The words are marked as the place that is looked at, and can be seen. */
async function expectMarked(page: Page, words: string): Promise<void> {
  const mark = page
    .getByRole('region', { name: /^Text of / })
    .locator('[aria-current]', { hasText: words })
    .first();
  await mark.waitFor();
  const seen = await mark.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const pane = element.closest('[role=region]')!.getBoundingClientRect();
    return bottom > pane.top && top < pane.bottom;
  });
  expect(seen).toBe(true);
}
