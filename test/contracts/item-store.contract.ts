import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ConditionFailed,
  InvalidItem,
  ItemTooLarge,
  TransactionTooLarge,
} from '../../src/providers/item-store/errors.js';
import {
  type Comparison,
  type ItemQuery,
  type ItemStore,
  type ItemTable,
  maximumTogether,
  write,
} from '../../src/providers/item-store/item-store.js';
import type { ManualClock } from '../support/manual-clock.js';

interface Message {
  conversation: string;
  sequence: number;
  text?: string;
  author?: string;
  words?: number;
  state?: 'draft' | 'sent';
  tags?: readonly string[];
  detail?: { readonly nested?: string | null };
  ends?: number;
}

const messages: ItemTable<Message> = {
  name: 'messages',
  partitionKey: 'conversation',
  sortKey: 'sequence',
  indexes: {
    by_author: { partitionKey: 'author', sortKey: 'sequence' },
    by_state: { partitionKey: 'state' },
  },
  numericKeys: ['sequence'],
  expiresAt: 'ends',
};

interface Note {
  id: string;
  path?: string;
  list?: string;
}

const notes: ItemTable<Note> = {
  name: 'notes',
  partitionKey: 'id',
  indexes: { by_path: { partitionKey: 'list', sortKey: 'path' } },
};

/** The tables that `open` has to make where tables have to be made. */
export const contractTables = [messages, notes] as unknown as readonly ItemTable<never>[];

/** What every item store promises. `open` gives an empty store on the clock. */
export function itemStoreContract(name: string, open: () => Promise<{ store: ItemStore; clock: ManualClock }>): void {
  describe(`${name}: the promises of an item store`, () => {
    it('gives a sign of life', async () => {
      const { store } = await open();
      await expect(store.ping()).resolves.toBeUndefined();
    });

    let store: ItemStore;
    let clock: ManualClock;

    beforeEach(async () => {
      ({ store, clock } = await open());
    });

    const message = (sequence: number, rest: Partial<Message> = {}): Message => ({
      conversation: 'c',
      sequence,
      ...rest,
    });
    const at = (sequence: number) => ({ conversation: 'c', sequence });
    const sequences = async (query: Partial<ItemQuery<Message>> = {}) => {
      const { items } = await store.query(messages, { partition: 'c', limit: 100, ...query });
      return items.map(({ sequence }) => sequence);
    };

    it('gives back what was put, and replaces it whole', async () => {
      const full = message(1, { text: 'Olá ☀', tags: ['a', 'b'], detail: { nested: null }, words: 1.5 });
      await store.put(messages, full);
      expect(await store.get(messages, at(1))).toEqual(full);
      await store.put(messages, message(1, { author: 'ada' }));
      expect(await store.get(messages, at(1))).toEqual(message(1, { author: 'ada' }));
      expect(await store.get(messages, at(2))).toBeUndefined();
      await store.put(notes, { id: 'n', path: undefined as unknown as string });
      expect(await store.get(notes, { id: 'n' })).toEqual({ id: 'n' });
    });

    it('keeps tables and partitions apart', async () => {
      await store.put(messages, message(1));
      await store.put(messages, { conversation: 'd', sequence: 1, text: 'other' });
      await store.put(notes, { id: 'c' });
      expect(await sequences()).toEqual([1]);
      expect(await store.get(notes, { id: 'c' })).toEqual({ id: 'c' });
      expect(await store.get(messages, { conversation: '1', sequence: 1 })).toBeUndefined();
    });

    it('deletes, and what is not there is no error', async () => {
      await store.put(messages, message(1, { author: 'ada' }));
      await store.delete(messages, at(1));
      await store.delete(messages, at(1));
      expect(await store.get(messages, at(1))).toBeUndefined();
      expect((await store.query(messages, { index: 'by_author', partition: 'ada', limit: 5 })).items).toEqual([]);
      await expect(store.delete(messages, at(1), { exists: true })).rejects.toBeInstanceOf(ConditionFailed);
    });

    it('changes single attributes', async () => {
      await store.put(messages, message(1, { text: 'a', words: 2, author: 'ada' }));
      const changed = await store.update(messages, at(1), {
        set: { text: 'b' },
        add: { words: 3 },
        remove: ['author'],
      });
      expect(changed).toEqual(message(1, { text: 'b', words: 5 }));
      expect(await store.get(messages, at(1))).toEqual(changed);
      expect(await store.update(messages, at(9), { add: { words: 1 } })).toEqual(message(9, { words: 1 }));
      await expect(store.update(messages, at(8), { set: { text: 'x' } }, { exists: true })).rejects.toBeInstanceOf(
        ConditionFailed,
      );
      expect(await store.get(messages, at(8))).toBeUndefined();
    });

    it('writes only where the condition is met', async () => {
      await store.put(messages, message(1, { state: 'draft', words: 3 }), { exists: false });
      const refused = [
        store.put(messages, message(1), { exists: false }),
        store.put(messages, message(2), { exists: true }),
        store.update(messages, at(1), { set: { text: 'x' } }, { equals: { state: 'sent' } }),
        store.update(messages, at(1), { set: { text: 'x' } }, { equals: { state: undefined } }),
        store.update(messages, at(1), { set: { text: 'x' } }, { differs: { state: 'draft' } }),
        store.update(messages, at(1), { set: { text: 'x' } }, { differs: { author: 'ada' } }),
        store.update(messages, at(1), { set: { text: 'x' } }, { compares: { words: { lessThan: 3 } } }),
        store.update(messages, at(1), { set: { text: 'x' } }, { compares: { author: { atLeast: '' } } }),
        store.delete(messages, at(1), { equals: { state: 'draft', words: 4 } }),
      ];
      for (const each of refused) await expect(each).rejects.toBeInstanceOf(ConditionFailed);
      expect(await store.get(messages, at(1))).toEqual(message(1, { state: 'draft', words: 3 }));
      expect(await store.get(messages, at(2))).toBeUndefined();

      await store.update(messages, at(1), { set: { state: 'sent' } }, { equals: { state: 'draft' }, exists: true });
      await store.update(messages, at(1), { add: { words: 1 } }, { compares: { words: { between: [3, 4] } } });
      await store.update(messages, at(1), { add: { words: 1 } }, { differs: { state: 'draft' } });
      await store.update(messages, at(1), { set: { text: 'x' } }, { compares: { state: { beginsWith: 'se' } } });
      expect(await store.get(messages, at(1))).toEqual(message(1, { state: 'sent', words: 5, text: 'x' }));
    });

    it('R50: lets exactly one of 50 racing writers win', async () => {
      await store.put(messages, message(1, { words: 0 }));
      const races = await Promise.allSettled(
        Array.from({ length: 50 }, (_, racer) =>
          store.update(
            messages,
            at(1),
            { set: { author: `racer ${racer}` }, add: { words: 1 } },
            { equals: { words: 0 } },
          ),
        ),
      );
      expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await store.get(messages, at(1)))?.words).toBe(1);
    });

    it('finds a partition’s items in order, by range, forwards and backwards', async () => {
      for (const sequence of [10, 2, 1, 30, 3.5]) await store.put(messages, message(sequence));
      expect(await sequences()).toEqual([1, 2, 3.5, 10, 30]);
      expect(await sequences({ order: 'descending' })).toEqual([30, 10, 3.5, 2, 1]);
      expect(await sequences({ sort: { equals: 2 } })).toEqual([2]);
      expect(await sequences({ sort: { lessThan: 3.5 } })).toEqual([1, 2]);
      expect(await sequences({ sort: { atMost: 3.5 } })).toEqual([1, 2, 3.5]);
      expect(await sequences({ sort: { greaterThan: 3.5 } })).toEqual([10, 30]);
      expect(await sequences({ sort: { atLeast: 3.5 } })).toEqual([3.5, 10, 30]);
      expect(await sequences({ sort: { between: [2, 10] }, order: 'descending' })).toEqual([10, 3.5, 2]);
      expect(await sequences({ sort: { greaterThan: 30 } })).toEqual([]);
    });

    it('finds texts by how they begin, in the order of their bytes', async () => {
      const paths = ['a', 'a/1', 'a/2', 'a/é', 'a/日', 'a/😀', 'b', 'A/1'];
      for (const [index, path] of paths.entries()) await store.put(notes, { id: `${index}`, list: 'all', path });
      const found = async (sort?: { beginsWith: string }) =>
        (await store.query(notes, { index: 'by_path', partition: 'all', limit: 50, ...(sort && { sort }) })).items.map(
          ({ path }) => path,
        );
      expect(await found({ beginsWith: 'a/' })).toEqual(['a/1', 'a/2', 'a/é', 'a/日', 'a/😀']);
      expect(await found()).toEqual(['A/1', 'a', 'a/1', 'a/2', 'a/é', 'a/日', 'a/😀', 'b']);
    });

    it('finds by index, from which items come and go with their attributes', async () => {
      await store.put(messages, message(1, { author: 'ada', state: 'draft' }));
      await store.put(messages, { conversation: 'd', sequence: 7, author: 'ada' });
      await store.put(messages, message(2, { author: 'bob' }));
      const byAda = async () =>
        (await store.query(messages, { index: 'by_author', partition: 'ada', limit: 9 })).items.map(
          (each) => each.sequence,
        );
      expect(await byAda()).toEqual([1, 7]);
      await store.update(messages, at(2), { set: { author: 'ada' } });
      expect(await byAda()).toEqual([1, 2, 7]);
      await store.update(messages, at(1), { remove: ['author'] });
      expect(await byAda()).toEqual([2, 7]);
      const drafts = await store.query(messages, { index: 'by_state', partition: 'draft', limit: 9 });
      expect(drafts.items).toEqual([message(1, { state: 'draft' })]);
    });

    it('pages without gap or double, by table and by index', async () => {
      const writes = Array.from({ length: 23 }, (_, sequence) =>
        write.put(messages, message(sequence, { author: sequence % 2 ? 'ada' : 'bob', state: 'draft' })),
      );
      await store.writeMany(writes);
      for (const order of ['ascending', 'descending'] as const) {
        for (const [index, partition, expected] of [
          [undefined, 'c', 23],
          ['by_author', 'ada', 11],
          ['by_state', 'draft', 23],
        ] as const) {
          const seen: number[] = [];
          let after: Partial<Message> | undefined;
          do {
            const page = await store.query(messages, { ...(index && { index }), partition, order, limit: 4, after });
            expect(page.items.length).toBeLessThanOrEqual(4);
            seen.push(...page.items.map((each) => each.sequence));
            after = page.next;
          } while (after);
          expect(seen).toHaveLength(expected);
          expect(new Set(seen).size).toBe(expected);
        }
      }
      expect((await store.query(messages, { partition: 'c', limit: 23 })).next).toBeUndefined();
    });

    it('writes several items together or not at all', async () => {
      await store.put(messages, message(1, { state: 'draft' }));
      await store.transact([
        write.update(messages, at(1), { set: { state: 'sent' } }, { equals: { state: 'draft' } }),
        write.put(notes, { id: 'n' }, { exists: false }),
        write.check(messages, at(99), { exists: false }),
      ]);
      expect(await store.get(notes, { id: 'n' })).toEqual({ id: 'n' });

      const failing = store.transact([
        write.delete(messages, at(1)),
        write.put(messages, message(5)),
        write.put(notes, { id: 'n' }, { exists: false }),
      ]);
      await expect(failing).rejects.toMatchObject({ constructor: ConditionFailed, index: 2, table: 'notes' });
      expect(await sequences()).toEqual([1]);
      await expect(
        store.transact(Array.from({ length: maximumTogether + 1 }, (_, each) => write.put(messages, message(each)))),
      ).rejects.toThrow();
    });

    it('reads many at once, and writes any number', async () => {
      await store.writeMany(Array.from({ length: 250 }, (_, sequence) => write.put(messages, message(sequence))));
      expect(await sequences({ limit: 300 })).toHaveLength(250);
      const found = await store.getMany(messages, [at(249), at(1000), at(3)]);
      expect(found.map(({ sequence }) => sequence)).toEqual([249, 3]);
      await store.writeMany(Array.from({ length: 250 }, (_, sequence) => write.delete(messages, at(sequence))));
      expect(await sequences()).toEqual([]);
    });

    it('treats an expired item as if it were not there', async () => {
      const now = Math.floor(clock.now().getTime() / 1000);
      await store.put(messages, message(1, { ends: now + 60, author: 'ada' }));
      await store.put(messages, message(2, { author: 'ada' }));
      expect(await sequences()).toEqual([1, 2]);
      clock.advance(61_000);
      expect(await store.get(messages, at(1))).toBeUndefined();
      expect(await sequences()).toEqual([2]);
      expect(await sequences({ index: 'by_author', partition: 'ada' })).toEqual([2]);
      await store.put(messages, message(1, { text: 'anew' }), { exists: false });
      expect(await store.get(messages, at(1))).toEqual(message(1, { text: 'anew' }));
    });

    it('begins anew where an item has expired, whatever it was', async () => {
      const now = Math.floor(clock.now().getTime() / 1000);
      const old = (sequence: number) => message(sequence, { words: 5, text: 'old', author: 'ada', ends: now - 1 });
      for (const sequence of [1, 2, 3, 4, 5, 6]) await store.put(messages, old(sequence));
      expect(await store.update(messages, at(1), { add: { words: 1 } })).toEqual(message(1, { words: 1 }));
      expect(await store.get(messages, at(1))).toEqual(message(1, { words: 1 }));
      const refused = [
        store.update(messages, at(2), { set: { text: 'x' } }, { exists: true }),
        store.update(messages, at(2), { set: { text: 'x' } }, { equals: { text: 'old' } }),
        store.delete(messages, at(2), { exists: true }),
        store.put(messages, message(2), { differs: { text: 'new' } }),
        store.transact([write.put(notes, { id: 'n' }), write.update(messages, at(2), {}, { exists: true })]),
      ];
      for (const each of refused) await expect(each).rejects.toBeInstanceOf(ConditionFailed);
      await store.update(messages, at(3), { set: { text: 'new' } }, { equals: { text: undefined } });
      await store.transact([
        write.update(messages, at(4), { add: { words: 2 } }),
        write.update(messages, at(5), { set: { text: 'new' } }, { exists: false }),
        write.check(messages, at(6), { exists: false }),
      ]);
      const { items } = await store.query(messages, { partition: 'c', limit: 10 });
      expect(items).toEqual([
        message(1, { words: 1 }),
        message(3, { text: 'new' }),
        message(4, { words: 2 }),
        message(5, { text: 'new' }),
      ]);
      expect(await store.getMany(messages, [at(6), at(5)])).toEqual([message(5, { text: 'new' })]);
    });

    it('finds nothing in a range that has nothing in it', async () => {
      await store.put(notes, { id: 'n', list: 'all', path: 'a' });
      const found = async (sort: Comparison, partition = 'all') =>
        (await store.query(notes, { index: 'by_path', partition, limit: 5, sort })).items.length;
      expect(await found({ between: ['b', 'a'] })).toBe(0);
      expect(await found({ equals: '' })).toBe(0);
      expect(await found({ lessThan: '' })).toBe(0);
      expect(await found({ atMost: '' })).toBe(0);
      expect(await found({ greaterThan: '' })).toBe(1);
      expect(await found({ atLeast: '' })).toBe(1);
      expect(await found({ beginsWith: '' })).toBe(1);
      expect(await found({ between: ['', 'b'] })).toBe(1);
      expect(await found({ atLeast: 'a' }, '')).toBe(0);
    });

    it('keeps the last of many writes to one item', async () => {
      await store.writeMany([
        write.put(messages, message(1, { text: 'a' })),
        write.put(messages, message(2)),
        write.put(messages, message(1, { text: 'b' })),
        write.delete(messages, at(2)),
      ]);
      expect((await store.query(messages, { partition: 'c', limit: 5 })).items).toEqual([message(1, { text: 'b' })]);
      await store.writeMany([]);
      await store.transact([]);
      await expect(store.writeMany([write.put(messages, message(3), { exists: false })])).rejects.toThrow();
      expect(await sequences()).toEqual([1]);
    });

    it('mends halves of characters', async () => {
      await store.put(messages, message(1, { text: 'half \ud83d, whole 😀, written \\ud83d' }));
      const mended = 'half \ufffd, whole 😀, written \\ud83d';
      expect(await store.get(messages, at(1))).toEqual(message(1, { text: mended }));
      expect(await store.update(messages, at(1), { set: { author: '\udc00' } })).toMatchObject({ author: '\ufffd' });
    });

    it('refuses writes that no store could do', async () => {
      const refused: readonly [() => Promise<unknown>, abstract new (...given: never[]) => Error][] = [
        [() => store.put(notes, { id: 'n', list: '', path: 'a' }), InvalidItem],
        [() => store.put(messages, { conversation: 'c', sequence: '1' as unknown as number }), InvalidItem],
        [() => store.put(notes, { id: 'n', list: 'a'.repeat(2049) }), InvalidItem],
        [() => store.put(messages, message(1, { words: 1e126 })), InvalidItem],
        [() => store.put(messages, message(1, { words: 1e-131 })), InvalidItem],
        [() => store.update(messages, at(1), { set: { sequence: 2 } }), InvalidItem],
        [() => store.update(messages, at(1), { set: { words: 2 }, add: { words: 1 } }), InvalidItem],
        [() => store.update(notes, { id: 'n' }, { set: { path: '' } }), InvalidItem],
        [() => store.transact([write.put(messages, message(1)), write.delete(messages, at(1))]), InvalidItem],
        [
          () =>
            store.transact(
              Array.from({ length: 20 }, (_, each) =>
                write.put(messages, message(each, { text: 'x'.repeat(300_000) })),
              ),
            ),
          TransactionTooLarge,
        ],
      ];
      for (const [attempt, kind] of refused) await expect(attempt()).rejects.toBeInstanceOf(kind);
      expect(await sequences()).toEqual([]);
      await store.put(messages, message(1, { text: 'x'.repeat(300_000) }));
      await expect(
        store.update(messages, at(1), { set: { author: 'y'.repeat(1500), tags: ['z'.repeat(200_000)] } }),
      ).rejects.toBeInstanceOf(ItemTooLarge);
    });

    it('refuses what it could not give back', async () => {
      await expect(store.put(messages, { conversation: 'c' } as Message)).rejects.toBeInstanceOf(InvalidItem);
      await expect(store.put(messages, { conversation: '', sequence: 1 })).rejects.toBeInstanceOf(InvalidItem);
      await expect(store.put(messages, message(Number.NaN))).rejects.toBeInstanceOf(InvalidItem);
      for (const value of [new Date(), Number.POSITIVE_INFINITY, 1n, () => 1]) {
        const odd = { ...message(1), detail: { nested: value } } as unknown as Message;
        await expect(store.put(messages, odd)).rejects.toBeInstanceOf(InvalidItem);
      }
      const large = message(1, { text: 'x'.repeat(500_000) });
      await expect(store.put(messages, large)).rejects.toBeInstanceOf(ItemTooLarge);
      expect(await sequences()).toEqual([]);
    });

    it('orders keys by their UTF-8 bytes, whatever they are', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }), { maxLength: 12 }),
          async (paths) => {
            const list = `list ${Math.random()}`;
            for (const path of paths) await store.put(notes, { id: `${list}/${path}`, list, path });
            const { items } = await store.query(notes, { index: 'by_path', partition: list, limit: 50 });
            const expected = paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
            expect(items.map(({ path }) => path)).toEqual(expected);
          },
        ),
        { numRuns: 25 },
      );
    });
  });
}
