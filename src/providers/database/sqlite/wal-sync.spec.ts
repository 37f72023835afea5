import { describe, expect, it } from '@jest/globals';
import { WalSync } from './wal-sync.js';

/** A disk whose synchronisations end when they are told to. */
class Disk {
  readonly syncs: { end(): void; fail(error: Error): void }[] = [];
  readonly wal = new WalSync(
    () => new Promise((resolve, reject) => this.syncs.push({ end: resolve, fail: reject })),
    (cause) => new Error('The disk is lost', { cause }),
  );
  readonly heard: string[] = [];

  write(name: string): Promise<void> {
    this.wal.wrote();
    return this.ask(name);
  }

  async ask(name: string): Promise<void> {
    await this.wal.settled();
    this.heard.push(name);
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('WalSync', () => {
  it('lets nobody wait when nothing was written', async () => {
    const disk = new Disk();
    await disk.ask('reader');
    expect(disk.syncs).toHaveLength(0);
  });

  it('R48: tells of a write only after a synchronisation that began after it', async () => {
    const disk = new Disk();
    void disk.write('first');
    void disk.write('second');
    await turn();
    expect(disk.heard).toEqual([]);

    disk.syncs[0]!.end();
    await turn();
    expect(disk.heard).toEqual(['first']);
    disk.syncs[1]!.end();
    await turn();
    expect(disk.heard).toEqual(['first', 'second']);
  });

  it('brings all that was written during one synchronisation onto the disk with the next', async () => {
    const disk = new Disk();
    void disk.write('first');
    for (let number = 0; number < 50; number += 1) void disk.write(`other ${number}`);
    void disk.ask('reader');
    for (const index of [0, 1]) {
      await turn();
      expect(disk.syncs).toHaveLength(index + 1);
      disk.syncs[index]!.end();
    }
    await turn();
    expect(disk.heard).toHaveLength(52);
    expect(disk.syncs).toHaveLength(2);
  });

  it('lets readers wait for what they could have seen, and not for what came after', async () => {
    const disk = new Disk();
    void disk.write('written');
    void disk.ask('reader');
    await turn();
    void disk.write('written later');
    disk.syncs[0]!.end();
    await turn();
    expect(disk.heard).toEqual(['written', 'reader']);
    disk.syncs[1]!.end();
  });

  it('R48: never asks again after a failure, and rejects from then on', async () => {
    const disk = new Disk();
    const waiting = [disk.write('first'), disk.write('second'), disk.ask('reader')];
    disk.syncs[0]!.fail(new Error('EIO'));
    for (const outcome of await Promise.allSettled(waiting))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'The disk is lost' } });

    await expect(disk.ask('later')).rejects.toThrow('The disk is lost');
    expect(() => disk.wal.requireSound()).toThrow('The disk is lost');
    expect(disk.syncs).toHaveLength(1);
    expect(disk.heard).toEqual([]);
  });
});
