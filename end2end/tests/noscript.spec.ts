import { expect, test } from '../support/test.ts';

test('without JavaScript a person signs in and reads a room from its newest message up', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const program = await workspace.programOf(ada);
  const texts = Array.from({ length: 60 }, (_, number) => `Note ${number + 1}.`);
  await program.posts(ada.roomId, texts);

  const page = await workspace.visitor({ javaScriptEnabled: false });
  await page.goto('/');
  await page.getByLabel('Handle').fill(ada.handle);
  await page.getByLabel('Password').fill(ada.password);
  await page.getByRole('button', { name: 'Sign in' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'general' })).toBeVisible();
  const messages = page.getByRole('log').getByRole('article');
  await expect(messages).toHaveCount(50);
  await expect(messages.last()).toContainText('Note 60.');
  await expect(messages.last()).toBeInViewport({ ratio: 1 });
});
