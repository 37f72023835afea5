import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { Load } from './load.js';

const pauseMs = 250;

/** Short requests: reads, and writes of which each is to be done once. */
export class SavedQueryLoad extends Load {
  private readonly prefix = `load ${randomUUID()}`;
  private readonly acknowledged: string[] = [];

  protected override async step(): Promise<void> {
    await this.requests.send('GET', '/users/me');
    const name = `${this.prefix} ${this.done}`;
    const headers = { 'idempotency-key': randomUUID() };
    await this.requests.send('POST', '/saved-queries', { headers, body: { name, sql: 'select 1' } });
    this.acknowledged.push(name);
    await delay(pauseMs);
  }

  /** Everything that was acknowledged is there, once. */
  async verify(): Promise<void> {
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await this.requests.send('GET', `/saved-queries?limit=200${cursor && `&cursor=${cursor}`}`);
      names.push(...(body.items as { name: string }[]).map(({ name }) => name));
      cursor = body.next_cursor as string | null;
    }
    const written = names.filter((name) => name.startsWith(this.prefix));
    expect(written.toSorted()).toEqual(this.acknowledged.toSorted());
  }
}
