import { expect, it } from '@jest/globals';
import { Client } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { expectAccessible } from './support/accessibility.js';
import { describeSite } from './support/browser.js';

const password = 'a password of one’s own';

describeSite('the link of an invitation', (site) => {
  const invite = async (email: string) => {
    const { workspaceId, owner } = site();
    const { body } = await owner.post(`/workspaces/${workspaceId}/invitations`, { email, role: 'analyst' }).expect(201);
    return body as { link: string; invitation_id: string };
  };

  it('makes an account and leads into the workspace', async () => {
    const { link } = await invite('katherine@example.com');
    const { page, watch } = await site().visitAs(undefined);
    watch.expect(/400 .*\/invitations\/accept/);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Join My workspace' }).waitFor();
    await expectAccessible(page);
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('katherine@example.com');
    await page.getByLabel('Your name').fill('Katherine Johnson');
    await page.getByLabel('Choose a password').fill('short');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('must have at least 8 characters').waitFor();
    await page.getByLabel('Choose a password').fill(password);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('heading', { name: 'Hello, Katherine' }).waitFor();
    await page
      .getByRole('button', { name: /My workspace/ })
      .getByText('analyst')
      .waitFor();
  });

  it('asks somebody with an account only for the password, and shows the workspace that they joined', async () => {
    const other = await addWorkspace(site());
    const { body } = await other.client.get('/users/me').expect(200);
    const { link } = await invite((body as { email: string }).email);
    const { page } = await site().visitAs(undefined, { narrow: true, dark: true });
    await page.goto(link);
    await page.getByLabel('Your password').fill('another correct horse');
    expect(await page.getByLabel('Your name').count()).toBe(0);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('heading', { name: /^Hello/ }).waitFor();
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('button', { name: /My workspace/ }).waitFor();
  });

  it('says when it is of no use any more', async () => {
    const { link, invitation_id: id } = await invite('late@example.com');
    await site().owner.delete(`/workspaces/${site().workspaceId}/invitations/${id}`).expect(204);
    const { page, watch } = await site().visitAs(undefined);
    watch.expect(/4\d\d .*\/invitations\/look-up/);
    await page.goto(link);
    await page.getByRole('heading', { name: 'This invitation cannot be used' }).waitFor();
    await page.getByText('revoked').waitFor();
    await expectAccessible(page);
    await page.goto('/invitation/#token=unknown');
    await page.getByText('There is no such invitation').waitFor();
  });

  it('says when a part of it was left out, without asking the service', async () => {
    const { page } = await site().visitAs(undefined);
    await page.goto('/invitation/');
    await page.getByText('The link is incomplete').waitFor();
    await expectAccessible(page);
  });

  it('is safe to keep: it works once', async () => {
    const { link } = await invite('once@example.com');
    const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token')!;
    await new Client(site().address, undefined)
      .post('/invitations/accept', { token, password, full_name: 'Once' })
      .expect(201);
    const { page, watch } = await site().visitAs(undefined);
    watch.expect(/410 .*\/invitations\/look-up/);
    await page.goto(link);
    await page.getByRole('heading', { name: 'This invitation cannot be used' }).waitFor();
  });
});
