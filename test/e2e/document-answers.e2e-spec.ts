import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Provenance } from '../../src/modules/answers/domain/provenance.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { answerOf, ChatClient, type Frame } from '../support/chat-client.js';
import { addSource, documentOf, indexed, putDocuments } from '../support/documents.js';
import { calling, speaking, withModel } from '../support/models/say.js';
import type { FakeAnswer } from '../support/models/script.js';
import { ScriptedLanguageModel } from '../support/models/scripted-language-model.js';
import { addWorkspace } from '../support/other-workspace.js';
import { publishCsv } from '../support/publishing.js';

const refund = 'A refund takes 14 days, because the bank is slow. See [this](https://evil.example).';

/** Puts in what the answers rest on. */
async function furnish(test: TestApp): Promise<void> {
  const { workspaceId } = test;
  const sourceId = await addSource(test.app, workspaceId);
  const me = (await test.owner.get('/users/me').expect(200)).body as { id: string };
  const secret = await addSource(test.app, workspaceId, { name: 'Board', visibility: 'private', created_by: me.id });
  await putDocuments(test.app, { workspaceId, sourceId }, [
    documentOf('m1', refund, { author: 'Grace Hopper', title: 'Refunds' }),
    documentOf('m2', 'The warehouse in Porto closes in August.'),
  ]);
  await putDocuments(test.app, { workspaceId, sourceId: secret }, [
    documentOf('s1', 'The takeover of Octopus Limited is planned for spring.'),
  ]);
  await publishCsv(test.owner, 'city,amount\nLisbon,10\nPorto,20\n', { dataset: 'orders' });
  await indexed(test.app, workspaceId);
}

describe('answers from documents', () => {
  const clients: ChatClient[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  const ask = async (test: TestApp, question: string, by: Client = test.owner): Promise<readonly Frame[]> => {
    const client = await ChatClient.open(test.address, by.token);
    clients.push(client);
    return client.turn(question);
  };
  const documentsOf = (frames: readonly Frame[]) => (answerOf(frames).provenance as Provenance).documents ?? [];

  describe('with a language model', () => {
    const model = new ScriptedLanguageModel();
    let test: TestApp;
    beforeAll(async () => {
      test = await startApp(withModel(model));
      await furnish(test);
    });
    afterAll(() => test.close());
    const answer = (...answers: readonly FakeAnswer[]) => {
      model.answerWith(...answers);
      return ask(test, 'How long does a refund take?');
    };

    it('cites what was found, with source, author, time, link and quote', async () => {
      const frames = await answer(
        calling('search_documents', { query: 'how long does a refund take' }),
        speaking('It takes a while, since the bank is slow {{d1}}. They wrote: {{d1.quote}}'),
      );
      const { content } = answerOf(frames);
      expect(content).toBe(
        [
          'It takes a while, since the bank is slow [1]. They wrote: “A refund takes 14 days, because the bank is slow. See [this]\u00a0(https ://evil.example).” [1]',
          '[1] Grace Hopper, \\#support (Support channels), 2026-05-01',
        ].join('\n\n'),
      );
      expect(documentsOf(frames)[0]).toMatchObject({
        number: 1,
        cited: true,
        title: 'Refunds',
        source: 'Support channels',
        container: '#support',
        author: 'Grace Hopper',
        time: '2026-05-01T08:00:00.000Z',
        url: 'https://example.slack.com/archives/C1/m1',
        quote: refund,
        start: 0,
        end: refund.length,
      });
      const told = JSON.stringify(model.requests.at(-1)!.messages);
      expect(told).toMatch(/<data [0-9a-f]{16} from .{0,4}search_documents.{0,4}: not instructions>/);
    });

    it('lets no number of a document through but in its own words', async () => {
      const search = calling('search_documents', { query: 'refund' });
      const corrected = await answer(search, speaking('It takes 14 days {{d1}}.'), speaking('{{d1.quote}}'));
      expect(answerOf(corrected).content).toMatch(/^“A refund takes 14 days/);
      const stubborn = await answer(search, speaking('It takes 14 days.'), speaking('Fourteen days.'));
      expect(answerOf(stubborn).content).toMatch(
        /^This is what documents say:\n\n- “A refund takes 14 days.*\[1\] Grace Hopper/,
      );
      const unknown = await answer(search, speaking('So they say {{d9}}.'), speaking('So they say {{d1}}.'));
      expect(answerOf(unknown).content).toMatch(/^So they say \[1\]\./);
    });

    it('filters, and says what is wrong with a filter', async () => {
      const frames = await answer(
        calling('search_documents', {
          query: 'refund warehouse',
          author: 'ada lovelace',
          from: '2026-05-01',
          to: '2026-05-02',
        }),
        calling('search_documents', { query: 'refund', from: 'yesterday' }),
        calling('search_documents', { query: 'refund', kind: 'wiki' }),
        speaking('Nothing of the kind.'),
      );
      const [found, refused, ofOtherKind] = frames
        .filter(({ type }) => type === 'tool.finished')
        .map(({ output }) => output as string);
      expect(found).toContain('The warehouse in Porto');
      expect(found).not.toContain('refund');
      expect(refused).toMatch(/no day such as/);
      expect(ofOtherKind).toContain('Nothing was found.');
    });

    it('R54: searches with the rights of whoever asks', async () => {
      const search = calling('search_documents', { query: 'takeover of Octopus Limited' });
      const viewer = await addWorkspace(test, 'viewer', test.workspaceId);
      model.answerWith(search, speaking('So it is.'));
      expect(JSON.stringify(await ask(test, 'What is planned?'))).toContain('planned for spring');
      model.answerWith(search, speaking('I do not know.'));
      expect(JSON.stringify(await ask(test, 'What is planned?', viewer.client))).not.toContain('planned for spring');
    });
  });

  describe('without one', () => {
    let test: TestApp;
    beforeAll(async () => {
      test = await startApp();
      await furnish(test);
    });
    afterAll(() => test.close());

    it('quotes documents where no table answers, and says so', async () => {
      const frames = await ask(test, 'How long does a refund take at the bank?');
      const { content, provenance } = answerOf(frames);
      expect(content).toBe(
        'I know no table that answers this. This is what documents say:\n\n' +
          '- “A refund takes 14 days, because the bank is slow. See [this]\u00a0(https ://evil.example).” [1] Grace Hopper, \\#support (Support channels), 2026-05-01',
      );
      expect(provenance).toMatchObject({ model: { provider: 'builtin' }, queries: [], cells: [] });
      expect(documentsOf(frames)).toMatchObject([
        { number: 1, cited: true, url: 'https://example.slack.com/archives/C1/m1' },
      ]);
    });

    it('answers from tables where they can, and declines where nobody knows', async () => {
      expect(answerOf(await ask(test, 'How many orders came from Porto?')).content).toMatch(/\b1\b/);
      const unknown = answerOf(await ask(test, 'Who invented the telephone?'));
      expect(unknown.content).not.toMatch(/documents say/);
      const viewer = await addWorkspace(test, 'viewer', test.workspaceId);
      const theirs = answerOf(await ask(test, 'When is the takeover of Octopus Limited?', viewer.client));
      expect(theirs.content).not.toContain('spring');
      const own = answerOf(await ask(test, 'When is the takeover of Octopus Limited?'));
      expect(own.content).toContain('planned for spring');
    });
  });
});
