/** The same client as a static single-page app: it signs in and chats. */

import { expect, test } from '@playwright/test';
import { Person, account } from '../support/person.ts';
import { Trunk } from '../support/trunk.ts';

test('the static client sets up a workspace, signs in and chats', async ({ browser }) => {
  test.setTimeout(240_000);
  const trunk = await Trunk.open();
  const open = async () => (await browser.newContext({ baseURL: trunk.address })).newPage();

  const ada = new Person(account('Ada Lovelace'), await open());
  await ada.page.goto('/');
  await ada.fillsIn({ Workspace: 'Analytical Society', 'Your name': ada.name, Handle: ada.handle, Password: ada.password });
  await ada.page.getByRole('button', { name: 'Create workspace' }).click();
  await ada.isLive();

  const again = new Person(account('Ada Lovelace'), await open());
  await again.page.goto('/');
  await again.signsIn();
  await again.isLive();
  await again.composer.fill('Written on one device');
  await again.page.getByRole('button', { name: 'Send' }).click();
  await expect(ada.messages.filter({ hasText: 'Written on one device' })).toHaveCount(1);
  await trunk.close();
});
