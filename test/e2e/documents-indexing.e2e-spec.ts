import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentWriter } from '../../src/modules/documents/document-writer.js';
import type { DocumentPage } from '../../src/modules/search/document.dto.js';
import type { SearchResults } from '../../src/modules/search/search.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { addSource, documentOf, indexed, putDocuments } from '../support/documents.js';
import { FakeOpenAiEmbedder } from '../support/embedders/fake-openai-embedder.js';
import { until } from '../support/until.js';

describe('making documents findable with a model elsewhere', () => {
  let embedder: FakeOpenAiEmbedder;
  let test: TestApp;
  let scope: { workspaceId: string; sourceId: string };

  beforeAll(async () => {
    embedder = await new FakeOpenAiEmbedder(64).listen();
    test = await startApp({ settings: embedderSettings(embedder.address) });
  });
  afterEach(() => embedder.failNext());
  afterAll(async () => {
    await test.close();
    await embedder.close();
  });

  const search = async (query: string) =>
    (await test.owner.get(`/search?q=${encodeURIComponent(query)}`).expect(200)).body as SearchResults;
  const foundBy = async () =>
    ((await test.owner.get(`/documents?source=${scope.sourceId}`).expect(200)).body as DocumentPage).items.map(
      ({ found_by }) => found_by,
    );
  /** Texts that were embedded for it, in the order of the alphabet. */
  const cost = async (work: () => Promise<unknown>) => {
    const before = embedder.batches.length;
    await work();
    await indexed(test.app, test.workspaceId);
    return embedder.batches
      .slice(before)
      .flatMap(({ texts }) => texts)
      .toSorted();
  };
  const put = (...texts: readonly string[]) =>
    putDocuments(
      test.app,
      scope,
      texts.map((text, place) => documentOf(`m${place}`, text)),
    );
  const newSource = async () => {
    scope = { workspaceId: test.workspaceId, sourceId: await addSource(test.app, test.workspaceId) };
  };

  it('pays for each text once, wherever it stands and however often it comes back', async () => {
    await newSource();
    expect(await cost(() => put('The walrus is here.', 'The heron is there.'))).toEqual([
      'The heron is there.',
      'The walrus is here.',
    ]);
    expect(await cost(() => put('The walrus is here.', 'The heron is there.'))).toEqual([]);
    expect(await cost(() => put('The walrus is here.', 'The stork is gone.'))).toEqual(['The stork is gone.']);
    expect(await foundBy()).toEqual(['words_and_vectors', 'words_and_vectors']);

    const { app } = test;
    await app.adapters.database.transaction((transaction) =>
      app.nest.get(DocumentWriter).remove(transaction, scope, ['m0', 'm1']),
    );
    expect((await search('walrus')).hits).toEqual([]);
    await newSource();
    expect(await cost(() => put('The heron is there.', 'The walrus is here.', 'The walrus is here.'))).toEqual([]);
    const found = (await search('walrus')).hits.filter(({ why }) => why.words_rank !== null);
    expect(found).toHaveLength(2);
  });

  it('finds documents by their words while the model cannot be reached, and by vectors as soon as it can', async () => {
    await newSource();
    const outage = Array.from({ length: 200 }, () => ({ refusal: 'unavailable' as const }));
    embedder.failNext(...outage);
    await put('The platypus lays eggs.');
    await until(async () => (await foundBy())[0] === 'words');
    const found = await search('platypus eggs');
    expect(found).toMatchObject({ vectors_used: false, hits: [{ why: { words_rank: 1, vectors_rank: null } }] });

    embedder.failNext();
    await until(async () => (await foundBy())[0] === 'words_and_vectors');
    const again = await search('platypus eggs');
    expect(again.vectors_used).toBe(true);
    expect(again.hits[0]?.why).toMatchObject({ words_rank: 1, vectors_rank: 1 });
  });

  it('says why it gives up when the model refuses for good', async () => {
    await newSource();
    embedder.failNext({ refusal: 'denied' });
    await put('The echidna lays eggs as well.');
    const job = await until(async () => {
      const { jobQueue } = test.app.adapters;
      const [latest] = await jobQueue.list({ workspaceId: test.workspaceId, kind: 'documents.index', limit: 1 });
      return latest?.state === 'failed' && latest;
    });
    expect(job).toMatchObject({ dead: true, error: { slug: 'model-access-denied' } });
    expect(JSON.stringify(job)).not.toContain('echidna');
    expect(await foundBy()).toEqual(['words']);
    expect(await cost(() => put('The echidna lays eggs as well.', 'Another one.'))).toHaveLength(2);
  });

  it('embeds everything anew when the model is another one', async () => {
    await newSource();
    await put('The quoll is small.');
    await indexed(test.app, test.workspaceId);
    const { app, dataDirectory } = test;
    await app.close();
    test = await startApp({ dataDirectory });
    await until(async () => (await search('quoll')).hits[0]?.why.vectors_rank === 1);
    expect((await search('quoll')).embedder).toMatchObject({ provider: 'builtin' });
  });
});

function embedderSettings(address: string): Record<string, string> {
  return {
    EMBEDDER: 'openai-compatible',
    EMBEDDER_BASE_URL: `${address}/v1`,
    EMBEDDER_API_KEY: 'sk-test-key',
    EMBEDDER_MODEL_ID: 'small-embedder',
    MODEL_MAX_ATTEMPTS: '2',
  };
}
