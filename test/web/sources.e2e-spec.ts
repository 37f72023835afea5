import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FakeGitLab } from '../support/platforms/fake-gitlab.js';
import { connectGitLab, platformSettings, synced } from '../support/sources.js';
import { expectAccessible } from './support/accessibility.js';
import { describeSite } from './support/browser.js';

const gitlab = new FakeGitLab({ issues: 30, mergeRequests: 10 });

describeSite(
  'sources',
  (site) => {
    beforeAll(async () => {
      gitlab.add('acme/shop', 'issues', {
        title: 'Refunds arrive twice',
        description: 'The bank in Lisbon books a refund again when the octopus export is repeated.',
      });
      await gitlab.start();
    });
    afterAll(() => gitlab.close());

    it('are connected step by step and watched, and what they bring is searched and read', async () => {
      const { page, watch } = await site().visit();
      watch.expect(/422 .*\/sources\/test/);
      await page.goto('/sources/');
      await page.getByRole('link', { name: 'GitLab' }).click();
      await page.getByLabel('Address').fill(gitlab.address);
      const token = page.getByLabel('Access token', { exact: true });
      await token.fill('glpat-wrong');
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByText('GitLab does not accept the token').waitFor();
      await token.fill(gitlab.token);
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByText('GitLab knows this as tabletalk-bot, who can read 2 projects.').waitFor();
      await expectAccessible(page);

      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByLabel('Only these').check();
      await page.getByLabel('acme/shop').check();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByLabel('Name').fill('Shop on GitLab');
      await page.getByLabel('Read what is new').selectOption({ label: 'By a cron expression' });
      await page.getByLabel('Cron expression').fill('0 9 * * 1-5');
      await page.getByText('That is Monday to Friday at 09:00 UTC.').waitFor();
      await page.getByLabel(/^Make a table/).uncheck();
      await expectAccessible(page);

      gitlab.failNext({ matching: /issues\/\d+\/notes/, status: 429, headers: { 'retry-after': '600' } });
      await page.getByRole('button', { name: 'Connect and read' }).click();
      await page.getByRole('heading', { level: 1, name: 'Shop on GitLab' }).waitFor();
      await page.getByText('Waiting for GitLab: its rate limit is used up.').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('The last sync was stopped').waitFor();
      await page.getByRole('button', { name: 'Sync now' }).click();
      await page.getByText('Up to date', { exact: true }).waitFor();
      await page.getByRole('cell', { name: /^\d+ new$/ }).waitFor();

      await page.getByRole('link', { name: 'Search and read them' }).click();
      await page.getByRole('link', { name: 'Refunds arrive twice' }).waitFor();
      await page.getByRole('searchbox').fill('octopus refund');
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      const hit = page.getByRole('listitem').filter({ hasText: 'Refunds arrive twice' }).first();
      await hit.getByText('Has “refund”, “octopus”').waitFor();
      expect(await hit.locator('mark').allInnerTexts()).toEqual(['refund', 'octopus']);
      await expectAccessible(page);
      await page.getByLabel('Kind').selectOption({ label: 'Merge requests' });
      await hit.waitFor({ state: 'detached' });
      await page.getByLabel('Kind').selectOption({ label: 'Issues' });

      await hit.getByRole('link', { name: 'Refunds arrive twice' }).click();
      await page.getByRole('heading', { level: 1, name: 'Refunds arrive twice' }).waitFor();
      await page.locator('mark', { hasText: 'the octopus export is repeated' }).waitFor();
      const original = page.getByRole('link', { name: /^Open in GitLab/ });
      expect(await original.getAttribute('href')).toMatch(`${gitlab.address}/acme/shop/-/issues/`);
      await expectAccessible(page);
    });

    it('are cited by answers', async () => {
      const { page } = await site().visit();
      await page.goto('/chat/?ask=Which+bank+books+a+refund+again+when+the+octopus+export+is+repeated%3F');
      const cited = page.getByRole('list', { name: 'Documents' }).getByRole('listitem').first();
      await cited.getByText('The bank in Lisbon books a refund again').waitFor();
      await expectAccessible(page);

      await page.getByRole('button', { name: 'Sources', exact: true }).click();
      await cited.waitFor({ state: 'detached' });
      const reference = page.getByRole('link', { name: /^\[1\] .*acme\/shop, Shop on GitLab$/ });
      await reference.focus();
      await page.keyboard.press('Enter');
      await page.locator('#citation-1:focus').waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('[data-citation="1"]:focus').waitFor();

      await cited.getByRole('link', { name: 'Refunds arrive twice' }).click();
      await page.locator('mark', { hasText: /^The bank in Lisbon .* is repeated\.$/ }).waitFor();
      const address = new URL(page.url());
      expect(address.searchParams.get('quote')).toMatch(/^\d+-\d+$/);
      address.searchParams.set('words', 'The bank in Porto');
      await page.goto(address.toString());
      await page.getByText('What was quoted does not stand here any more').waitFor();
    });

    it('take webhooks, are paused, deleted and restored', async () => {
      const { source_id: id } = await connectGitLab(site().owner, gitlab, { name: 'Warehouse' });
      await synced(site().owner, id);
      const { page } = await site().visit({ narrow: true, dark: true });
      await page.goto(`/sources/view/?id=${id}`);
      await page.getByRole('tab', { name: 'Webhook' }).click();
      await page.getByText(`/api/v1/webhooks/gitlab/${id}`).waitFor();
      await page.getByRole('button', { name: 'Make one up' }).click();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Store' }).click();
      await page.getByText('What comes is verified.').waitFor();

      await page.getByRole('button', { name: 'More about this source' }).click();
      await page.getByRole('menuitem', { name: 'Pause' }).click();
      await page.getByRole('button', { name: 'Resume' }).waitFor();
      await page.getByText('when resumed').waitFor();

      await page.getByRole('button', { name: 'More about this source' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      const sure = page.getByRole('alertdialog', { name: 'Delete Warehouse?' });
      await sure.getByLabel(/Type Warehouse/).fill('Warehouse');
      await sure.getByRole('button', { name: 'Delete' }).click();
      const deleted = page.getByRole('region', { name: 'Deleted sources' });
      await deleted.getByRole('button', { name: 'Restore Warehouse' }).click();
      await page.getByRole('link', { name: 'GitLab Warehouse' }).waitFor();
      await deleted.waitFor({ state: 'detached' });
    });

    it('say in the list why a sync does not go on, and when it does', async () => {
      const { owner } = site();
      gitlab.failNext({ matching: /api\/v4\/projects/, status: 429, headers: { 'retry-after': '600' }, times: 2 });
      const { source_id: id, last_sync: sync } = await connectGitLab(owner, gitlab, { name: 'Slow' });
      const { page } = await site().visit();
      await page.goto('/sources/');
      const row = page.getByRole('row').filter({ hasText: 'Slow' });
      await row.getByText('Waits for GitLab: its rate limit is used up. It goes on in').waitFor();
      await row.getByText('Waiting', { exact: true }).waitFor();
      await owner.post(`/jobs/${sync.job_id}/cancel`).expect(202);
      await synced(owner, id, sync.job_id);

      gitlab.heal();
      gitlab.failNext({
        matching: /api\/v4\/projects/,
        status: 429,
        headers: { 'retry-after': '1000' },
        times: 10_000,
      });
      const { body } = await owner.post(`/sources/${id}/sync`, {}).expect(202);
      const troubled = ['The platform asks to wait 1000 seconds.', 'Next try', 'Trying again'].reduce(
        (found, hasText) => found.filter({ hasText }),
        row,
      );
      await troubled.waitFor({ timeout: 90_000 });
      await expectAccessible(page);
      gitlab.heal();
      await owner.post(`/jobs/${(body as { job_id: string }).job_id}/cancel`).expect(202);
      await owner.delete(`/sources/${id}?confirm=Slow`).expect(204);
    });
  },
  { settings: platformSettings() },
);
