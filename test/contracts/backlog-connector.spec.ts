import { describe, expect, it } from '@jest/globals';
import { FakeBacklog } from '../support/platforms/fake-backlog.js';
import { connectorContract, connectorsFor } from './connector.contract.js';

const backlog = new FakeBacklog();
const secret = 'a secret of the address';

connectorContract<FakeBacklog>({
  kind: 'backlog',
  create: () => new FakeBacklog({ issues: 70 }),
  config: ({ address }) => ({ url: address }),
  token: backlog.apiKey,
  webhookSecret: secret,
  query: { secret },
  idleRequests: 8,
  expected: ({ projects }) =>
    projects.flatMap(({ id, issues, wikis }) => [
      ...issues.map((issue) => `${id}/issues/${issue.id}`),
      ...wikis.map((wiki) => `${id}/wikis/${wiki.id}`),
    ]),
  add: (platform, text) => `1/issues/${platform.add('WEB', { description: text }).id}`,
  reply: (platform, text) => {
    const issue = platform.project('OPS').issues[3]!;
    platform.comment(issue, text);
    return `2/issues/${issue.id}`;
  },
  edit: (platform, text) => {
    const issue = platform.project('WEB').issues[5]!;
    platform.change(issue, { description: text });
    return `1/issues/${issue.id}`;
  },
  added: (platform, text) => {
    const { id, keyId } = platform.add('WEB', { description: text });
    return { externalId: `1/issues/${id}`, webhook: platform.webhook('WEB', 1, { id, key_id: keyId }, 77) };
  },
  remove: (platform) => {
    const issue = platform.add('WEB');
    platform.delete('WEB', issue);
    const webhook = platform.webhook('WEB', 4, { id: issue.id, key_id: issue.keyId });
    return { externalId: `1/issues/${issue.id}`, webhook };
  },
});

describe('backlog connector', () => {
  it('loses no issue when others move to the end between two pages', async () => {
    const platform = await new FakeBacklog({ issues: 0 }).start();
    for (let index = 0; index < 330; index += 1) platform.add('WEB');
    const connector = await connectorsFor(platform).of('backlog');
    const session = connector.open({
      config: connector.configure({ url: platform.address, projects: ['WEB'], include: ['issues'] }) as never,
      secret: { token: platform.apiKey },
      signal: new AbortController().signal,
      onWait: () => undefined,
      patienceSeconds: 0,
    });
    const read = new Set<string>();
    let pages = 0;
    for await (const { documents } of session.sync({ mode: 'full' })) {
      for (const { externalId } of documents) read.add(externalId);
      pages += 1;
      // What lies before is changed, so what lies behind moves up.
      if (pages % 3 === 0 && pages < 12) {
        for (const issue of platform.project('WEB').issues.slice(0, 40)) platform.comment(issue, `Again ${pages}`);
      }
    }
    const expected = platform.project('WEB').issues.map(({ id }) => `1/issues/${id}`);
    await platform.close();
    expect([...read].sort()).toEqual(expected.sort());
  });
});
