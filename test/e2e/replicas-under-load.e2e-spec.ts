import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { numberOfKills } from '../support/kills.js';
import { describeReplicas } from '../support/replicas/describe-replicas.js';
import { Fleet } from '../support/replicas/fleet.js';
import { MixedLoad } from '../support/replicas/mixed-load.js';
import { until } from '../support/until.js';

/** Reads a page over a connection that is kept alive as long as the service wants it to be. */
function visitor(address: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (path: string) =>
    new Promise<{ status: number; connection: string | undefined; wasOpen: boolean }>((resolve, reject) => {
      const request = get(`${address}${path}`, { agent }, (response) => {
        const { statusCode: status = 0, headers } = response;
        const { connection } = headers;
        response.resume().once('end', () => resolve({ status, connection, wasOpen: request.reusedSocket }));
      });
      request.once('error', reject);
    });
}

describeReplicas('replicas behind a load balancer, under load', (server) => {
  let fleet: Fleet;
  let database: string;
  beforeAll(async () => {
    const url = await server().createDatabase();
    database = new URL(url).pathname.slice(1);
    fleet = await Fleet.start(url, 3);
  });
  afterAll(() => fleet?.stop());

  it('R60: are restarted one after another, and nobody notices', async () => {
    const load = await MixedLoad.begin(fleet, 'fails at once');
    await load.progress();
    for (let replica = 0; replica < fleet.size; replica += 1) {
      const visit = visitor(fleet.addressOf(replica));
      expect(await visit('/health/live')).toEqual({ status: 200, connection: 'keep-alive', wasOpen: false });
      const ended = fleet.end(replica, 'SIGTERM');
      const last = await until(() => visit('/health/ready').then((answer) => answer.connection === 'close' && answer));
      expect(last).toEqual({ status: 503, connection: 'close', wasOpen: true });
      expect(await ended).toBe(0);
      expect(fleet.errorsOf(replica)).toBe('');
      await fleet.startAgain(replica);
    }
    await load.end();
    expect(load.failures).toEqual([]);
    // Each socket was open to one of them.
    expect(load.chat.moved).toBeGreaterThanOrEqual(2);
    await load.verify(server(), database);
  }, 900_000);

  it('R22 R42 R43: are killed at any moment, and all that was accepted ends exactly once', async () => {
    const load = await MixedLoad.begin(fleet, 'tries again');
    await load.progress();
    for (let kill = 0; kill < numberOfKills(2); kill += 1) {
      await delay(Math.random() * 1000);
      const victim = kill % fleet.size;
      expect(await fleet.end(victim, 'SIGKILL')).toBeNull();
      await fleet.startAgain(victim);
    }
    await load.end();
    expect(load.failures).toEqual([]);
    await load.verify(server(), database);
  }, 900_000);
});
