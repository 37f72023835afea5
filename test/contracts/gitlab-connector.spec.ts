import { describe, expect, it } from '@jest/globals';
import { FakeGitLab } from '../support/platforms/fake-gitlab.js';
import { connectorContract, connectorsFor } from './connector.contract.js';

const gitlab = new FakeGitLab();
const event = (project: number, iid: number) => ({
  object_kind: 'issue',
  project: { id: project },
  object_attributes: { iid },
});

connectorContract<FakeGitLab>({
  kind: 'gitlab',
  create: () => new FakeGitLab({ issues: 70, mergeRequests: 20 }),
  config: ({ address }) => ({ url: address, projects: ['acme/shop', 'acme/warehouse'] }),
  token: gitlab.token,
  webhookSecret: 'a secret token',
  idleRequests: 12,
  expected: ({ projects }) =>
    projects.flatMap(({ id, issues, merge_requests: mergeRequests, wikis }) => [
      ...issues.map(({ iid }) => `${id}/issues/${iid}`),
      ...mergeRequests.map(({ iid }) => `${id}/merge_requests/${iid}`),
      ...wikis.map(({ slug }) => `${id}/wiki/${slug}`),
      `${id}/readme`,
    ]),
  add: (platform, text) => `11/issues/${platform.add('acme/shop', 'issues', { description: text }).iid}`,
  reply: (platform, text) => {
    const item = platform.project('acme/warehouse').issues[3]!;
    platform.comment(item, text);
    platform.comment(item, 'changed the milestone', { system: true });
    return `12/issues/${item.iid}`;
  },
  edit: (platform, text) => {
    const item = platform.project('acme/shop').merge_requests[5]!;
    platform.change(item, { description: text });
    return `11/merge_requests/${item.iid}`;
  },
  added: (platform, text) => {
    const { iid } = platform.add('acme/shop', 'issues', { description: text });
    return {
      externalId: `11/issues/${iid}`,
      webhook: platform.webhook('a secret token', event(11, iid), { id: 'one' }),
    };
  },
  remove: (platform) => {
    const item = platform.add('acme/shop');
    platform.delete('acme/shop', item);
    const webhook = platform.webhook('a secret token', event(11, item.iid));
    return { externalId: `11/issues/${item.iid}`, webhook };
  },
});

describe('gitlab connector', () => {
  const signingToken = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const ask = async ({ body, headers }: { body: string; headers: Record<string, string> }, receivedAt = new Date()) => {
    const connector = await connectorsFor(gitlab).of('gitlab');
    return connector.webhook({ body: Buffer.from(body), headers, query: {}, receivedAt }, signingToken);
  };

  it('R57: takes signed webhooks, and none that were changed or are older than five minutes', async () => {
    const sent = gitlab.webhook(signingToken, event(11, 1), { id: 'two' });
    expect(await ask(sent)).toEqual({
      kind: 'event',
      eventId: 'two',
      changes: [{ project: 11, part: 'issues', iid: 1 }],
    });
    expect(await ask({ ...sent, body: `${sent.body} ` })).toMatchObject({ kind: 'refused' });
    expect(await ask({ ...sent, headers: { ...sent.headers, 'webhook-id': 'three' } })).toMatchObject({
      kind: 'refused',
    });
    expect(await ask(sent, new Date(Date.now() + 301_000))).toMatchObject({ kind: 'refused' });
    expect(await ask(gitlab.webhook(signingToken.slice(6), event(11, 1)))).toMatchObject({ kind: 'refused' });
  });

  it.each([
    [
      { object_kind: 'note', project: { id: 11 }, issue: { iid: 4 } },
      { project: 11, part: 'issues', iid: 4 },
    ],
    [
      { object_kind: 'note', project: { id: 11 }, merge_request: { iid: 5 } },
      { project: 11, part: 'merge_requests', iid: 5 },
    ],
    [
      { object_kind: 'wiki_page', project: { id: 11 }, object_attributes: { slug: 'home' } },
      { project: 11, part: 'wiki', slug: 'home' },
    ],
    [
      { object_kind: 'push', project: { id: 11 } },
      { project: 11, part: 'readme' },
    ],
  ])('knows what %j is about', async (body, change) => {
    const answer = await ask(gitlab.webhook(signingToken, body));
    expect(answer).toMatchObject({ kind: 'event', changes: [change] });
  });

  it('keeps confidential issues and internal comments to those who may see them in GitLab', async () => {
    const platform = await new FakeGitLab().start();
    platform.add('acme/shop', 'issues', { confidential: true });
    platform.comment(platform.add('acme/shop', 'issues'), 'Between us', { internal: true });
    const connector = await connectorsFor(platform).of('gitlab');
    const session = connector.open({
      config: connector.configure({ url: platform.address, include: ['issues'] }) as never,
      secret: { token: platform.token },
      signal: new AbortController().signal,
      onWait: () => undefined,
      patienceSeconds: 0,
    });
    const pages = [];
    for await (const page of session.sync({ mode: 'full' })) pages.push(page);
    await platform.close();
    const documents = pages.flatMap((page) => page.documents);
    expect(documents).toHaveLength(1);
    expect(documents[0]!.text).not.toContain('Between us');
    expect(pages.flatMap((page) => page.deletions)).toEqual(['11/issues/1']);
  });
});
