import { expect, it } from '@jest/globals';
import { Client, ownerAccount } from '../support/app.js';
import { addWorkspace } from '../support/other-workspace.js';
import { expectAccessible } from './support/accessibility.js';
import { describeSite } from './support/browser.js';

describeSite('settings', (site) => {
  it('change the profile, and ask for the password before the e-mail address changes', async () => {
    const { page, watch } = await site().visit();
    watch.expect(/40[013] .*\/users\/me/);
    await page.goto('/settings/profile/');
    await page.getByLabel('Name', { exact: true }).fill('Ada King');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your profile is saved').waitFor();
    await page.getByLabel('E-mail address').fill('ada.king@example.com');
    await page.getByLabel('Current password').first().fill('wrong');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'password' }).first().waitFor();
    await expectAccessible(page);
    expect((await site().owner.get('/users/me').expect(200)).body).toMatchObject({
      full_name: 'Ada King',
      email: ownerAccount.email,
    });
  });

  it('end the session of another device', async () => {
    const other = await new Client(site().address, undefined)
      .with({ 'user-agent': 'curl/8.11.0' })
      .post('/auth/login', ownerAccount);
    const { page } = await site().visit({ narrow: true });
    await page.goto('/settings/sessions/');
    await page.getByText('This browser').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'End the session of curl/8.11.0' }).click();
    await page.getByText('The session is ended').waitFor();
    const { access_token: token } = other.body as { access_token: string };
    await new Client(site().address, token).get('/users/me').expect(401);
  });

  it('make a token whose secret is shown once, and revoke it', async () => {
    const { page } = await site().visit({ dark: true });
    await page.goto('/settings/api-tokens/');
    await page.getByText('No API tokens yet').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Grafana');
    await page.getByLabel('Start and stop crawls.').check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create token' }).click();
    await page.getByText('Copy the token now').waitFor();
    const secret = (await page.locator('code', { hasText: /^tt_[\w-]{20,}/ }).textContent())!;
    const program = new Client(site().address, secret);
    await program.get('/tables').expect(200);
    await program.get('/audit-events').expect(403);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Revoke Grafana' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('cell', { name: 'revoked' }).waitFor();
    await program.get('/tables').expect(401);
    expect(await page.content()).not.toContain(secret);
  });

  it('change the password, stay signed in here and end every other session', async () => {
    const { email, client } = await memberOf();
    const { page } = await site().visitAs({ email, password: 'another correct horse' });
    await page.goto('/settings/profile/');
    await page.getByLabel('Current password').fill('another correct horse');
    await page.getByLabel('New password').fill('a better battery staple');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed').waitFor();
    await client.get('/users/me').expect(401);
    await page.goto('/settings/sessions/');
    await page.getByText('This browser').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'signed in' }).count()).toBe(1);
  });

  const memberOf = async () => {
    const { client } = await addWorkspace(site());
    const { body } = await client.get('/users/me').expect(200);
    return { client, email: (body as { email: string }).email };
  };
});
