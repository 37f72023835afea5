import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Database, DatabaseTransaction } from '../../src/providers/database/database.js';
import { normalised } from '../../src/providers/embedder/embedder.js';
import type {
  IndexedDocument,
  Passage,
  PassageIndex,
  PassageScope,
} from '../../src/providers/passage-index/passage-index.js';

export interface PassageIndexUnderTest {
  /** With its schema. */
  readonly database: Database;
  readonly index: PassageIndex;
  close(): Promise<void>;
}

interface DocumentTables {
  documents: Record<string, string | number>;
}

const space = 'test/model/8';
const dimensions = 8;

function passage(
  values: Partial<Passage> & { readonly text?: string; readonly direction?: readonly number[] },
): Passage {
  const { text = '', direction, ...given } = values;
  return {
    start: 0,
    end: 10,
    authorKey: 'ada',
    writtenAt: '2026-05-01T00:00:00.000Z',
    terms: text.split(' ').filter((term) => term !== ''),
    contextTerms: [],
    ...(direction && { vector: normalised([...direction, ...Array<number>(dimensions - direction.length).fill(0)]) }),
    ...given,
  };
}

/** What every index of passages promises. */
export function passageIndexContract(name: string, open: () => Promise<PassageIndexUnderTest>): void {
  describe(`${name}: the promises of an index of passages`, () => {
    let test: PassageIndexUnderTest;
    let index: PassageIndex;
    let workspaces = 0;
    let workspaceId: string;

    beforeAll(async () => {
      test = await open();
      index = test.index;
      await index.prepare();
    });
    afterAll(async () => {
      await index?.close();
      await test?.close();
    });
    beforeEach(() => {
      workspaces += 1;
      workspaceId = `ws_0${workspaces}`;
    });

    const transact = (work: (transaction: DatabaseTransaction) => Promise<void>) => test.database.transaction(work);

    /** Stores documents as their module does, which an index finds in the database. */
    const store = async (documents: readonly IndexedDocument[], workspace = workspaceId, vectorSpace = space) => {
      await transact(async (transaction) => {
        const rows = documents.map(({ documentId, sourceId }) => documentRow(workspace, sourceId, documentId));
        await transaction
          .tables<DocumentTables>()
          .insertInto('documents')
          .values(rows)
          .onConflict((conflict) => conflict.columns(['workspace_id', 'document_id']).doNothing())
          .execute();
        await index.replace(transaction, workspace, vectorSpace, documents);
      });
    };
    const one = (
      documentId: string,
      values: Parameters<typeof passage>[0],
      { sourceId = 'src_1', kind = 'message' } = {},
    ): IndexedDocument => ({
      sourceId,
      documentId,
      kind,
      passages: [passage(values)],
    });
    const remove = (documentId: string) =>
      transact(async (transaction) => {
        await transaction
          .tables<DocumentTables>()
          .deleteFrom('documents')
          .where('workspace_id', '=', workspaceId)
          .where('document_id', '=', documentId)
          .execute();
        await index.removed(transaction, workspaceId);
      });
    const scope = (changes: Partial<PassageScope> = {}): PassageScope => ({
      workspaceId,
      sourceIds: ['src_1', 'src_2'],
      limit: 10,
      ...changes,
    });
    const direction = (...values: number[]) => passage({ direction: values }).vector!;
    const near = async (vector: Float32Array, changes: Partial<PassageScope> = {}) =>
      (await index.nearest(scope(changes), space, vector)).map(({ documentId }) => documentId);
    const match = async (terms: string, changes: Partial<PassageScope> = {}) =>
      (await index.matching(scope(changes), terms.split(' '))).map(({ documentId }) => documentId);

    it('says which engine it is', () => {
      expect(index.description).not.toBe('');
    });

    it('finds nothing where there is nothing', async () => {
      expect(await near(direction(1))).toEqual([]);
      expect(await match('refund')).toEqual([]);
      expect(await index.matching(scope(), [])).toEqual([]);
    });

    it('finds the nearest first, with their cosine and their place', async () => {
      await store([
        one('doc_a', { direction: [1, 0] }),
        one('doc_b', { direction: [1, 1], start: 7, end: 9 }),
        one('doc_c', { direction: [-1, 0] }),
      ]);
      const found = await index.nearest(scope(), space, direction(1, 0.1));
      expect(found.map(({ documentId }) => documentId)).toEqual(['doc_a', 'doc_b', 'doc_c']);
      expect(found[1]).toEqual({
        documentId: 'doc_b',
        start: 7,
        end: 9,
        writtenAt: '2026-05-01T00:00:00.000Z',
        score: expect.closeTo(0.774, 2),
      });
      expect(await near(direction(1, 0.1), { limit: 2 })).toEqual(['doc_a', 'doc_b']);
    });

    it('finds any of the words, rare ones first', async () => {
      await store([
        one('doc_a', { text: 'the refund is late' }),
        one('doc_b', { text: 'the deployment is late' }),
        ...Array.from({ length: 20 }, (_, number) => one(`doc_${number}`, { text: 'the weather is late' })),
      ]);
      expect((await match('refund late')).slice(0, 1)).toEqual(['doc_a']);
      expect(await match('refund deployment')).toHaveLength(2);
      expect(await match('late', { limit: 100 })).toHaveLength(22);
      expect(await match('nothing')).toEqual([]);
    });

    it('counts words of the context, though less', async () => {
      await store([
        one('doc_context', { text: 'paid in two weeks', contextTerms: ['refund'] }),
        one('doc_text', { text: 'refund in two weeks', contextTerms: ['paid'] }),
        one('doc_other', { text: 'nothing of the kind', contextTerms: [] }),
      ]);
      expect(await match('refund')).toEqual(['doc_text', 'doc_context']);
    });

    it('finds words of every script, and takes no word for a command', async () => {
      await store([one('doc_a', { text: '返金 金規 規定' }), one('doc_b', { text: 'or and not near' })]);
      expect(await match('規定')).toEqual(['doc_a']);
      expect(await match('not')).toEqual(['doc_b']);
      for (const term of [`"`, `'`, `a" OR scope : "`, `a' | 'b`, '*', 'x)', `\\`, ':*']) {
        expect(await index.matching(scope(), [term])).toEqual([]);
      }
    });

    it('R3: finds nothing of others, and as many as there are, however near theirs is', async () => {
      const tenants = Array.from({ length: 30 }, (_, number) => `${workspaceId}t${number}`);
      for (const [number, tenant] of tenants.entries()) {
        const documents = Array.from({ length: 12 }, (_, place) =>
          one(`doc_${tenant}_${place}`, {
            direction: [1, 0.001 * place, 0.0001 * number],
            text: 'customers get their refund within two weeks',
          }),
        );
        await store(documents, tenant);
      }
      for (const tenant of tenants) {
        for (const find of [near(direction(1), { workspaceId: tenant }), match('refund', { workspaceId: tenant })]) {
          const found = await find;
          expect(found).toHaveLength(10);
          expect(found.filter((documentId) => !documentId.startsWith(`doc_${tenant}_`))).toEqual([]);
        }
        const exact = Array.from({ length: 10 }, (_, place) => `doc_${tenant}_${place}`);
        expect(await near(direction(1), { workspaceId: tenant })).toEqual(exact);
      }
    });

    it('R3: filters before it counts: as many as there are of a source, a kind, an author, a time', async () => {
      const crowd = Array.from({ length: 60 }, (_, place) =>
        one(`doc_${place}`, { direction: [1, 0.001 * place], text: 'refund', writtenAt: '2026-01-01T00:00:00.000Z' }),
      );
      const few = { direction: [0, 1], text: 'refund for somebody who waits' };
      await store([
        ...crowd,
        one('doc_source', few, { sourceId: 'src_2' }),
        one('doc_kind', few, { kind: 'issue' }),
        one('doc_author', { ...few, authorKey: 'grace' }),
        one('doc_time', { ...few, writtenAt: '2026-06-01T00:00:00.000Z' }),
      ]);
      const filters: [Partial<PassageScope>, string][] = [
        [{ sourceIds: ['src_2'] }, 'doc_source'],
        [{ kind: 'issue' }, 'doc_kind'],
        [{ authorKey: 'grace' }, 'doc_author'],
        [{ from: '2026-06-01T00:00:00.000Z' }, 'doc_time'],
        [{ from: '2026-05-31T00:00:00.000Z', to: '2026-06-01T00:00:00.001Z' }, 'doc_time'],
      ];
      for (const [filter, expected] of filters) {
        expect(await near(direction(1), { ...filter, limit: 5 })).toEqual([expected]);
        expect(await match('refund', { ...filter, limit: 5 })).toEqual([expected]);
      }
      const nobody: Partial<PassageScope>[] = [
        { sourceIds: [] },
        { sourceIds: ['src_9'] },
        { authorKey: 'nobody' },
        { kind: 'wiki' },
        { kind: 'issue', sourceIds: ['src_2'] },
        { from: '2027-01-01T00:00:00.000Z' },
        { to: '2026-01-01T00:00:00.000Z' },
      ];
      for (const filter of nobody) {
        expect(await near(direction(1), filter)).toEqual([]);
        expect(await match('refund', filter)).toEqual([]);
      }
    });

    it('R3: finds as many as there are of whatever filters leave, and nothing else', async () => {
      const value = {
        sourceId: fc.constantFrom('src_1', 'src_2', 'src_3'),
        kind: fc.constantFrom('message', 'issue', 'wiki'),
        authorKey: fc.constantFrom('ada', 'grace', ''),
        writtenAt: fc.constantFrom(...[1, 2, 3].map((month) => `2026-0${month}-01T00:00:00.000Z`)),
      };
      const filter = fc.record(
        {
          sourceIds: fc.subarray(['src_1', 'src_2', 'src_3']),
          kind: value.kind,
          authorKey: value.authorKey,
          from: value.writtenAt,
          to: value.writtenAt,
        },
        { requiredKeys: [] },
      );
      const stored = fc.array(fc.record(value), { minLength: 1, maxLength: 40 });
      let round = 0;
      await fc.assert(
        fc.asyncProperty(
          stored,
          fc.array(filter, { minLength: 1, maxLength: 4 }),
          fc.integer({ min: 1, max: 12 }),
          async (documents, filters, limit) => {
            const tenant = `${workspaceId}f${(round += 1)}`;
            const named = documents.map((each, place) => ({ ...each, documentId: `doc_${tenant}_${place}` }));
            await store(
              named.map(({ documentId, sourceId, kind, authorKey, writtenAt }, place) =>
                one(documentId, { direction: [1, place], text: 'refund', authorKey, writtenAt }, { sourceId, kind }),
              ),
              tenant,
            );
            for (const { sourceIds = ['src_1', 'src_2', 'src_3'], ...others } of filters) {
              const { kind, authorKey, from = '', to = '9' } = others;
              const meant = named.filter(
                (each) =>
                  sourceIds.includes(each.sourceId) &&
                  (kind ?? each.kind) === each.kind &&
                  (authorKey ?? each.authorKey) === each.authorKey &&
                  each.writtenAt >= from &&
                  each.writtenAt < to,
              );
              const wanted = { ...others, workspaceId: tenant, sourceIds, limit };
              for (const found of [await near(direction(1), wanted), await match('refund', wanted)]) {
                expect(found).toHaveLength(Math.min(limit, meant.length));
                expect(meant.map(({ documentId }) => documentId)).toEqual(expect.arrayContaining(found));
              }
            }
          },
        ),
        { numRuns: 15 },
      );
    });

    it('R3: finds as many as there are of a word that is frequent elsewhere', async () => {
      const crowd = Array.from({ length: 4100 }, (_, place) => passage({ start: place, end: place + 1, text: 'late' }));
      await store([
        { sourceId: 'src_1', documentId: 'doc_crowd', kind: 'wiki', passages: crowd },
        one('doc_rare', { text: 'refund' }),
        ...['a', 'b', 'c'].map((name) => one(`doc_${name}`, { text: `late ${name}` }, { sourceId: 'src_2' })),
      ]);
      expect((await match('refund late', { sourceIds: ['src_2'] })).toSorted()).toEqual(['doc_a', 'doc_b', 'doc_c']);
      expect(await match('refund late')).toHaveLength(10);
    });

    it('R59: forgets what is replaced or removed, at once and wherever it was found', async () => {
      await store([
        one('doc_a', { direction: [1], text: 'refund' }),
        one('doc_b', { direction: [1, 1], text: 'refund' }),
      ]);
      expect(await near(direction(1))).toEqual(['doc_a', 'doc_b']);

      await store([one('doc_a', { direction: [0, 0, 1], text: 'invoice' })]);
      expect(await near(direction(1))).toEqual(['doc_b', 'doc_a']);
      expect(await match('refund')).toEqual(['doc_b']);
      expect(await match('invoice')).toEqual(['doc_a']);

      await remove('doc_b');
      expect(await near(direction(1))).toEqual(['doc_a']);
      expect(await match('refund')).toEqual([]);

      await remove('doc_a');
      expect(await near(direction(1))).toEqual([]);
      expect(await match('invoice')).toEqual([]);
      await store([one('doc_c', { direction: [1], text: 'refund' })]);
      expect(await near(direction(1))).toEqual(['doc_c']);
    });

    it('changes nothing when the transaction is rolled back', async () => {
      await store([one('doc_a', { direction: [1], text: 'refund' })]);
      const failing = transact(async (transaction) => {
        await index.replace(transaction, workspaceId, space, [one('doc_a', { direction: [0, 1], text: 'invoice' })]);
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      expect(await match('refund')).toEqual(['doc_a']);
      expect((await index.nearest(scope(), space, direction(1)))[0]?.score).toBeCloseTo(1, 4);
    });

    it('compares vectors of one space only, and finds what has none by its words', async () => {
      await store([one('doc_a', { direction: [1], text: 'refund' })], workspaceId, 'test/other/8');
      await store([one('doc_b', { text: 'refund' })]);
      expect(await near(direction(1))).toEqual([]);
      expect((await match('refund')).toSorted()).toEqual(['doc_a', 'doc_b']);
    });

    it('takes documents of many passages, and documents without any', async () => {
      const passages = Array.from({ length: 1200 }, (_, place) =>
        passage({ start: place, end: place + 1, direction: [1, place / 1200], text: `word${place}` }),
      );
      await store([
        { sourceId: 'src_1', documentId: 'doc_a', kind: 'wiki', passages },
        { sourceId: 'src_1', documentId: 'doc_b', kind: 'wiki', passages: [] },
      ]);
      expect((await index.nearest(scope({ limit: 1200 }), space, direction(1))).map(({ start }) => start)).toEqual(
        passages.map(({ start }) => start),
      );
      expect((await index.matching(scope(), ['word1111'])).map(({ start }) => start)).toEqual([1111]);
    });

    it('forgets a workspace, and nothing of another', async () => {
      await store([one('doc_a', { direction: [1], text: 'platypus' })]);
      await store([one('doc_b', { direction: [1], text: 'platypus' })], 'ws_kept');
      await index.forget(workspaceId);
      await index.forget('ws_nobody');
      expect(await match('platypus')).toEqual([]);
      expect(await match('platypus', { workspaceId: 'ws_kept' })).toEqual(['doc_b']);
      expect(await near(direction(1), { workspaceId: 'ws_kept' })).toEqual(['doc_b']);
    });

    it('agrees with looking at every vector', async () => {
      const vector = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: dimensions, maxLength: dimensions });
      const some = vector.filter((values) => values.some((value) => value !== 0));
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(some, { minLength: 1, maxLength: 30 }), some, async (vectors, query) => {
          const tenant = `${workspaceId}p${(round += 1)}`;
          await store(
            vectors.map((values, place) => one(`doc_${tenant}_${place}`, { direction: values })),
            tenant,
          );
          const asked = normalised(query)!;
          const found = await index.nearest(scope({ workspaceId: tenant, limit: 5 }), space, asked);
          const cosines = vectors.map((values) =>
            normalised(values)!.reduce((sum, value, place) => sum + value * asked[place]!, 0),
          );
          const best = cosines.toSorted((one, other) => other - one).slice(0, 5);
          expect(found.map(({ score }) => score)).toEqual(best.map((score) => expect.closeTo(score, 4)));
        }),
        { numRuns: 15 },
      );
    });
  });
}

function documentRow(workspaceId: string, sourceId: string, documentId: string): Record<string, string | number> {
  const texts = ['external_id', 'kind', 'text', 'url', 'container', 'metadata', 'content_hash', 'search_hash'];
  return {
    workspace_id: workspaceId,
    document_id: documentId,
    source_id: sourceId,
    ...Object.fromEntries(texts.map((column) => [column, documentId])),
    indexed_as: '',
    generation: 1,
    created_at: '2026-05-01T00:00:00.000Z',
    updated_at: '2026-05-01T00:00:00.000Z',
  };
}
