import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleaved, report } from '../lib/measure.mjs';

const step = { name: 'steps', partitionKey: 'run' };
const outbox = { name: 'outbox', partitionKey: 'run', sortKey: 'version', numericKeys: ['version'] };

/** P14: one durable step of a state machine on the embedded store (conditional update and outbox entry, together), against 4 KiB appended to a file and synchronised. */
export async function run({ quick }) {
  const [{ SqliteDatabase }, { SqliteItemStore }, { SystemClock }, { write }] = await Promise.all([
    import('../../dist/providers/database/sqlite/sqlite.database.js'),
    import('../../dist/providers/item-store/sqlite/sqlite.item-store.js'),
    import('../../dist/providers/clock/system.clock.js'),
    import('../../dist/providers/item-store/item-store.js'),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'tabletalk-bench-'));
  const database = await SqliteDatabase.open(join(folder, 'tabletalk.db'));
  const file = await open(join(folder, 'log'), 'a');
  try {
    await database.migrate();
    const store = new SqliteItemStore(database, new SystemClock());
    await store.put(step, { run: 'r', version: 0 });
    let version = 0;
    const ours = () => {
      const now = { equals: { version } };
      version += 1;
      return store.transact([
        write.update(step, { run: 'r' }, { set: { version, state: `step ${version}` } }, now),
        write.put(outbox, { run: 'r', version, event: 'advanced' }, { exists: false }),
      ]);
    };
    const block = Buffer.alloc(4096, 'x');
    const base = async () => {
      await file.write(block);
      await file.datasync();
    };
    const times = await interleaved(ours, base, {
      rounds: 10,
      repetitions: quick ? 50 : 300,
    });
    return [report({ name: 'P14 durable step, embedded store', ...times, limit: 5 })];
  } finally {
    await file.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
