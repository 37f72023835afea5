import { expect, it } from '@jest/globals';
import { Client } from '../support/app.js';
import { createUser, newTool } from '../support/furnished.js';
import { memberPassword } from '../support/other-workspace.js';
import { expectAccessible } from './support/accessibility.js';
import { describeSite } from './support/browser.js';

describeSite('administration', (site) => {
  it('invites somebody by a link, gives a member a role of its own, and takes both back', async () => {
    const graceId = await createUser(site().owner, 'grace.hopper', 'Grace Hopper');
    const { page } = await site().visit();
    await page.goto('/admin/roles/');
    await page.getByRole('button', { name: 'New role' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Auditor');
    await page.getByLabel('See and export who did what.').check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create role' }).click();
    await page.getByText('Auditor can be given to members').waitFor();

    await page.getByRole('link', { name: 'Members' }).click();
    await page.getByLabel('Role of Grace Hopper').selectOption('Auditor');
    await page.getByText('Grace Hopper is now Auditor').waitFor();
    expect(await roleOf(graceId)).toBe('Auditor');

    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByLabel('E-mail address').fill('katherine@example.com');
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
    await page.getByText('katherine@example.com is invited').waitFor();
    await expectAccessible(page);
    const link = new URL((await page.locator('code', { hasText: '/invitation' }).textContent())!);
    const token = new URLSearchParams(link.hash.slice(1)).get('token');
    const lookUp = () => new Client(site().address, undefined).post('/invitations/look-up', { token });
    await lookUp().expect(200);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Revoke the invitation of katherine@example.com' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('cell', { name: 'revoked' }).waitFor();
    expect((await lookUp()).status).not.toBe(200);

    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('button', { name: 'Delete Auditor' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Auditor is deleted').waitFor();
    expect(await roleOf(graceId)).toBe('viewer');
  });

  it('sets a quota that usage is then measured against', async () => {
    const { page } = await site().visit({ narrow: true, dark: true });
    await page.goto('/admin/usage/');
    await page.getByRole('button', { name: 'Change quotas' }).click();
    await page.getByLabel('Files and data sets (GB)').fill('2.5');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('of 2.5 GB').waitFor();
    await expectAccessible(page);
  });

  it('edits a tool without losing its secret, and finds the change in the audit', async () => {
    await newTool(site().owner, 'exchange_rates');
    const { page } = await site().visit();
    await page.goto('/admin/tools/');
    await page.getByRole('button', { name: 'Edit exchange_rates' }).click();
    await page.getByLabel('Input', { exact: true }).fill('{ "type": ');
    await page.getByText(/^is not JSON/).waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByLabel('Input', { exact: true }).fill('{ "type": "object" }');
    await page.getByLabel('Description').fill('Tells what a currency is worth.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('exchange_rates is saved').waitFor();
    await page.goto('/admin/audit/?action=tool.changed');
    await page.getByRole('button', { name: 'tool.changed' }).click();
    await page.getByRole('dialog').getByText('exchange_rates').waitFor();
    await expectAccessible(page);
  });

  it('opens for a viewer only what the role allows', async () => {
    await createUser(site().owner, 'alan.turing', 'Alan Turing');
    const { page } = await site().visitAs({ email: 'alan.turing@example.com', password: memberPassword });
    await page.goto('/admin/members/');
    await page.getByRole('cell', { name: 'Alan Turing' }).waitFor();
    expect(await page.getByRole('button', { name: /Invite|Remove/ }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
    await page.goto('/admin/audit/');
    await page.getByText('The role viewer does not open this page').waitFor();
    await expectAccessible(page);
  });

  const roleOf = async (userId: string) => {
    const { body } = await site().owner.get('/users/me').expect(200);
    const { id } = (body as { workspaces: { id: string }[] }).workspaces[0]!;
    const member = await site().owner.get(`/workspaces/${id}/members/${userId}`).expect(200);
    return (member.body as { role: string }).role;
  };
});
