import { expect, it } from '@jest/globals';
import { ownerAccount } from '../support/app.js';
import { expectAccessible } from './support/accessibility.js';
import { describeSite } from './support/browser.js';

describeSite('signing in', (site) => {
  it('leads to where the visitor wanted to go', async () => {
    const { page } = await site().visitAs(undefined);
    await page.goto('/');
    await page.waitForURL('**/sign-in/');
    await expectAccessible(page);
    await page.getByLabel('E-mail address').fill(ownerAccount.email);
    await page.getByLabel('Password').fill(ownerAccount.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('says what is wrong with a wrong password and keeps the address', async () => {
    const { page, watch } = await site().visitAs(undefined, { narrow: true, dark: true });
    watch.expect(/401 .*\/auth\/login/);
    await page.goto('/sign-in/');
    await page.getByLabel('E-mail address').fill(ownerAccount.email);
    await page.getByLabel('Password').fill('not this one at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('password').first().waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(ownerAccount.email);
    await expectAccessible(page);
  });

  it('needs no sign-in where a session is kept', async () => {
    const { page } = await site().visit();
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await expectAccessible(page);
  });
});
