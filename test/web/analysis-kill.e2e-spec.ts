import { afterEach, expect, it } from '@jest/globals';
import { shortInterview } from '../support/analyses.js';
import { ownerAccount } from '../support/app.js';
import { freePort } from '../support/free-port.js';
import { FakeOpenAiServer } from '../support/models/fake-openai-server.js';
import { speaking } from '../support/models/say.js';
import { Service } from '../support/service.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { until } from '../support/until.js';
import { expectAccessible } from './support/accessibility.js';
import { describeInBrowser } from './support/browser.js';
import { unreachable } from './support/going-away.js';

const meaning = (quote: string, sentiment: string) => ({
  chunk_id: 'c1',
  statement: `It was said that ${quote.toLowerCase()}.`,
  theme: 'no answer',
  phrases: ['no message'],
  sentiment,
  sentiment_score: sentiment === 'negative' ? -0.8 : 0.8,
  salience: 0.9,
  quote,
});

const answers = [
  {
    meanings: [
      meaning('The form gave me no message', 'negative'),
      meaning('I wasted a whole morning on that form', 'negative'),
      meaning('Nobody has said this', 'positive'),
    ],
  },
  {
    patterns: [
      {
        theme: 'No answer',
        summary: 'People are left without an answer.',
        meanings: ['m1', 'm2'],
        tension: '',
        tension_between: [],
        tension_and: [],
      },
    ],
  },
  {
    insights: [
      { claim: 'Silence costs time.', patterns: ['p1'], evidence_for: ['m1', 'm2'], evidence_against: [], gaps: [] },
    ],
  },
  {
    principles: [
      {
        statement: 'Say that it has come.',
        rationale: 'Silence costs time.',
        insights: ['i1'],
        how_might_we: 'How might we answer at once?',
        priority: 'must',
        priority_reason: 'It hurts.',
      },
    ],
  },
].map((answer) => speaking(JSON.stringify(answer)));

describeInBrowser('an analysis whose service is killed', (browser) => {
  const temporaryFolder = temporaryFolders();
  let service: Service | undefined;
  let model: FakeOpenAiServer | undefined;

  afterEach(async () => {
    await service?.end('SIGKILL');
    await model?.close();
  });

  it('goes on by itself while its page is open, from the step that it was at', async () => {
    model = await new FakeOpenAiServer().listen();
    model.answerWith({ ...speaking('never heard of'), pause: 60_000 });
    const settings = {
      PORT: String(await freePort()),
      HOST: '127.0.0.1',
      LANGUAGE_MODEL: 'openai-compatible',
      OPENAI_BASE_URL: `${model.address}/v1`,
      OPENAI_MODEL_ID: 'local-model',
      OPENAI_API_KEY: 'sk-test-key',
    };
    const folder = temporaryFolder();
    service = await Service.start(folder, settings);
    const { page, watch } = await browser().visit(service.address, ownerAccount);
    watch.expect(unreachable);
    await page.goto('/analysis/');
    const file = { name: 'form.txt', mimeType: 'text/plain', buffer: Buffer.from(shortInterview) };
    await page.getByRole('button', { name: 'Choose transcripts' }).waitFor();
    await page.getByLabel('Interviews to analyse').first().setInputFiles(file);
    await page.getByRole('dialog').getByRole('button', { name: 'Analyse' }).click();
    await page.getByText('Step 2 of 5').waitFor();
    await page.getByText('Successfully created 1 chunk').waitFor();
    await page.getByRole('progressbar', { name: 'Progress of Inferring' }).waitFor();
    await until(async () => model!.requestCount > 0);
    await expectAccessible(page);

    await service.end('SIGKILL');
    await page.getByText('The service does not answer.').waitFor();
    await page.getByText('Step 2 of 5').waitFor();
    model.answerWith(...answers);
    service = await Service.start(folder, settings);

    await page.getByRole('tab', { name: 'Principles 1' }).waitFor();
    await page.getByRole('note').getByText('1 quote that did not were dropped').waitFor();
    await page.getByRole('tab', { name: 'Steps' }).click();
    await page.getByText('Successfully activated 1 design principle').waitFor();
    expect(await page.getByText('100 tokens in, 20 out').count()).toBe(4);
  });
});
