import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DocumentPage } from '../../src/modules/search/document.dto.js';
import type { SearchHit, SearchResults } from '../../src/modules/search/search.dto.js';
import { type Client, startApp, type TestApp } from '../support/app.js';
import { addSource, documentOf, indexed, putDocuments } from '../support/documents.js';
import { addWorkspace } from '../support/other-workspace.js';

const thread = 'How long does a refund take?\n\nTwo weeks, since the bank is slow.\n\nThanks!';
const reply = {
  start: 30,
  end: 64,
  author: 'Grace Hopper',
  createdAt: '2026-06-02T10:00:00.000Z',
  url: 'https://example.slack.com/reply',
};

describe('documents', () => {
  let test: TestApp;
  let support: string;
  let engineering: string;

  const search = async (query: string, client: Client = test.owner): Promise<SearchResults> =>
    (await client.get(`/search?${query}`).expect(200)).body as SearchResults;
  const titles = async (query: string, client?: Client) =>
    (await search(query, client)).hits.map(({ title, quote }) => title ?? quote.text);
  const scope = (sourceId: string) => ({ workspaceId: test.workspaceId, sourceId });

  beforeAll(async () => {
    test = await startApp();
    support = await addSource(test.app, test.workspaceId);
    engineering = await addSource(test.app, test.workspaceId, { kind: 'gitlab', name: 'Engineering' });
    await putDocuments(test.app, scope(support), [
      documentOf('t1', thread, { kind: 'thread', title: 'Refunds', parts: [reply] }),
      documentOf('m1', 'The parcel of customer 4711 was lost by the carrier.'),
      documentOf('m2', 'Lunch is at noon on Friday.', {
        author: 'Grace Hopper',
        createdAt: '2026-07-01T00:00:00.000Z',
      }),
    ]);
    await putDocuments(test.app, scope(engineering), [
      documentOf(
        'i1',
        'The refund job fails when the bank answers with an empty body.\n\n- retry it\n- tell the customer',
        {
          kind: 'issue',
          title: 'Refund job fails',
          container: 'acme/shop',
          url: 'https://gitlab.example.com/acme/shop/-/issues/1',
          metadata: { state: 'opened', labels: ['bug'] },
        },
      ),
      documentOf('w1', '# 返金規定\n\n返金は二週間以内に行われます。', { kind: 'wiki', title: '返金規定' }),
    ]);
    await indexed(test.app, test.workspaceId);
  });

  afterAll(() => test.close());

  it('cites who wrote what was found, when and where', async () => {
    const { hits, vectors_used, embedder } = await search('q=how+slow+is+the+bank');
    expect({ vectors_used, embedder }).toEqual({
      vectors_used: true,
      embedder: { provider: 'builtin', model_id: 'hashed-words-1', lexical: true },
    });
    const hit = hits.find(({ title }) => title === 'Refunds')!;
    expect(hit).toMatchObject({
      kind: 'thread',
      source: { source_id: support, name: 'Support channels', kind: 'slack' },
      author: 'Grace Hopper',
      time: reply.createdAt,
      url: reply.url,
      quote: { text: 'Two weeks, since the bank is slow.', start: 30 },
      why: { words: ['slow', 'bank'], words_rank: 1 },
    });
    const { text, highlights } = hit.quote;
    expect(highlights.map(({ start, end }) => text.slice(start, end))).toEqual(['bank', 'slow']);
  });

  it('finds other forms of a word, slips of the pen, and other scripts', async () => {
    expect(await titles('q=refunding')).toEqual(expect.arrayContaining(['Refunds', 'Refund job fails']));
    expect((await titles('q=parcell'))[0]).toMatch(/^The parcel/);
    expect((await titles(`q=${encodeURIComponent('返金はいつ')}`))[0]).toBe('返金規定');
  });

  it('finds nothing where there is nothing of it', async () => {
    expect(await titles('q=quantum+chromodynamics')).toEqual([]);
    expect(await titles(`q=${encodeURIComponent('…')}`)).toEqual([]);
  });

  it('filters by source, kind, author and time', async () => {
    expect(await titles(`q=refund&source=${engineering}`)).toEqual(['Refund job fails']);
    expect(await titles('q=refund&kind=issue')).toEqual(['Refund job fails']);
    expect(await titles('q=refund&kind=thread')).toEqual(['Refunds']);
    expect(await titles(`q=refund&kind=thread&source=${engineering}`)).toEqual([]);
    await test.owner.get('/search?q=refund&kind=poem').expect(400);
    expect((await search('q=bank+refund&author=grace+hopper')).hits.map(({ author }) => author)).toEqual([
      'Grace Hopper',
    ]);
    expect(await titles('q=lunch+refund+bank&from=2026-07-01T00:00:00Z')).toEqual(['Lunch is at noon on Friday.']);
    expect(await titles('q=lunch&to=2026-07-01T00:00:00Z')).toEqual([]);
    const { body } = await test.owner.get('/search?q=refund&source=src_unknown').expect(400);
    expect(body.errors).toEqual([{ pointer: '?source', detail: 'is not the id of a source that you may read' }]);
  });

  it('gives as many as are wanted, where there are so many', async () => {
    expect((await search('q=refund+bank&k=1')).hits).toHaveLength(1);
    await test.owner.get('/search?q=refund&k=0').expect(400);
    await test.owner.get('/search').expect(400);
  });

  it('lists and shows documents', async () => {
    const pages: DocumentPage['items'] = [];
    for (let cursor = ''; ;) {
      const page = (await test.owner.get(`/documents?limit=2${cursor}`).expect(200)).body as DocumentPage;
      pages.push(...page.items);
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(pages).toHaveLength(5);
    const issue = pages.find(({ kind }) => kind === 'issue')!;
    expect(issue).toMatchObject({ found_by: 'words_and_vectors', metadata: { state: 'opened', labels: ['bug'] } });
    expect(issue).not.toHaveProperty('text');
    const whole = (
      await test.owner.get(`/documents/${pages.find(({ kind }) => kind === 'thread')!.document_id}`).expect(200)
    ).body;
    expect(whole).toMatchObject({ text: thread, parts: [{ start: 30, end: 64, author: 'Grace Hopper' }] });
    const wikis = (await test.owner.get('/documents?kind=wiki').expect(200)).body as DocumentPage;
    expect(wikis.items).toMatchObject([{ title: '返金規定', excerpt: '# 返金規定 返金は二週間以内に行われます。' }]);
    const { body } = await test.owner.get('/documents/doc_unknown').expect(404);
    expect(body.type).toMatch(/document-not-found$/);
  });

  it('R3: shows documents to those who may see their source, and to nobody else', async () => {
    const owner = (await test.owner.get('/users/me').expect(200)).body as { id: string };
    const member = await addWorkspace(test, 'analyst', test.workspaceId);
    const secret = await addSource(test.app, test.workspaceId, { visibility: 'private', created_by: owner.id });
    const some = await addSource(test.app, test.workspaceId, {
      visibility: 'members',
      member_ids: JSON.stringify([member.userId]),
    });
    const stranger = await addWorkspace(test);
    const theirs = await addSource(test.app, stranger.workspaceId);
    await putDocuments(test.app, scope(secret), [documentOf('s1', 'Zebra: the salaries of everybody')]);
    await putDocuments(test.app, scope(some), [documentOf('s2', 'Zebra: the plans for some')]);
    const foreign = { workspaceId: stranger.workspaceId, sourceId: theirs };
    await putDocuments(test.app, foreign, [documentOf('s3', 'Zebra: what others wrote')]);
    await indexed(test.app, test.workspaceId);
    await indexed(test.app, stranger.workspaceId);

    const quotes = async (client: Client) =>
      (await search('q=zebra', client)).hits.map(({ quote }) => quote.text.slice(7));
    expect(await quotes(test.owner)).toEqual(['the salaries of everybody']);
    expect(await quotes(member.client)).toEqual(['the plans for some']);
    expect(await quotes(stranger.client)).toEqual(['what others wrote']);
    const [hit] = (await search('q=zebra')).hits as [SearchHit];
    for (const client of [member.client, stranger.client]) {
      await client.get(`/documents/${hit.document_id}`).expect(404);
      await client.get(`/search?q=zebra&source=${secret}`).expect(400);
      await client.get(`/documents?source=${secret}`).expect(400);
    }
    expect(((await stranger.client.get('/documents').expect(200)).body as DocumentPage).items).toHaveLength(1);
  });

  it('costs nothing when nothing has changed, and follows changes and removals', async () => {
    const source = await addSource(test.app, test.workspaceId, { name: 'Changing' });
    const before = [documentOf('c1', 'The walrus is here.'), documentOf('c2', 'The walrus is there.')];
    expect(await putDocuments(test.app, scope(source), before)).toEqual({ created: 2, changed: 0, unchanged: 0 });
    await indexed(test.app, test.workspaceId);
    expect(await titles('q=walrus')).toHaveLength(2);

    expect(await putDocuments(test.app, scope(source), before)).toEqual({ created: 0, changed: 0, unchanged: 2 });
    const moved = [documentOf('c1', 'The walrus is here.', { metadata: { pinned: true } })];
    expect(await putDocuments(test.app, scope(source), moved)).toEqual({ created: 0, changed: 1, unchanged: 0 });
    expect(
      await test.app.adapters.jobQueue.list({
        workspaceId: test.workspaceId,
        kind: 'documents.index',
        state: 'queued',
        limit: 5,
      }),
    ).toEqual([]);

    await putDocuments(test.app, scope(source), [documentOf('c1', 'The heron is here.')]);
    await indexed(test.app, test.workspaceId);
    expect(await titles('q=walrus')).toEqual(['The walrus is there.']);
    expect((await titles('q=heron'))[0]).toBe('The heron is here.');
  });

  it('quotes of a thread what answers, where that has the words of who asked', async () => {
    const source = await addSource(test.app, test.workspaceId, { name: 'Replies' });
    const question = 'Does anybody know why the octopus export hangs?';
    const answer = 'The octopus export hangs because somebody locked the table of customers.';
    const start = question.length + 2;
    const part = { start, end: start + answer.length, author: 'Grace Hopper', createdAt: reply.createdAt };
    await putDocuments(test.app, scope(source), [
      documentOf('t2', `${question}\n\n${answer}`, { kind: 'thread', parts: [part] }),
      documentOf('m9', 'Where is the walnut import?'),
    ]);
    await indexed(test.app, test.workspaceId);
    const [hit] = (await search('q=why+does+the+octopus+export+hang')).hits;
    expect(hit).toMatchObject({ author: 'Grace Hopper', quote: { text: answer, start } });
    expect((await titles('q=walnut'))[0]).toBe('Where is the walnut import?');
  });
});
