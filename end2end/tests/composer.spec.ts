import { expect, test } from '../support/test.ts';

test('an empty message is not sent', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  for (const nothing of ['', '   ', '\n\n']) {
    await ada.composer.fill(nothing);
    await ada.submits();
    await ada.isTold('There is nothing to send yet.');
  }
  await ada.sends('Something.');
  await ada.sees('Something.');
  await expect(ada.messages).toHaveCount(1);
  await expect(ada.page.getByText('There is nothing to send yet.')).toHaveCount(0);
});

test('a text over the limit shows a sentence and stays in the composer', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const most = 'é'.repeat(20_000);
  await ada.composer.fill(`${most}!`);
  await ada.submits();
  await ada.isTold('A message can have up to 20,000 characters. Shorten it or send it in parts.');
  await expect(ada.composer).toHaveValue(`${most}!`);
  await expect(ada.messages).toHaveCount(0);

  await ada.sends(most);
  await expect(ada.messages).toHaveCount(1);
  await ada.sees(most);
});

test('each room keeps its draft over a reload', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.composer.fill('Half a thought for everyone');
  await ada.createRoom('engines');
  await expect(ada.composer).toHaveValue('');
  await ada.composer.fill('Half a thought about gears');

  await ada.reloads();
  await expect(ada.composer).toHaveValue('Half a thought about gears');
  await ada.opens('general');
  await expect(ada.composer).toHaveValue('Half a thought for everyone');

  await ada.sends('A whole thought');
  await ada.reloads();
  await ada.sees('A whole thought');
  await expect(ada.composer).toHaveValue('');
});

test('text typed before hydration stays', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  const letGo = await ada.reloadsSlowly();
  await ada.composer.fill('Written early');
  letGo();
  await ada.isLive();
  await expect(ada.composer).toHaveValue('Written early');
  await ada.submits();
  await ada.sees('Written early');
});

test('a list completes a name by keyboard and by pointer', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await workspace.signUp('Alan Turing');
  await ada.composer.pressSequentially('Thanks, @hop');
  const names = ada.page.getByRole('listbox', { name: 'Names' });
  await expect(names.getByRole('option')).toHaveText([/Grace Hopper/]);
  await ada.composer.press('Enter');
  await expect(ada.composer).toHaveValue('Thanks, @grace.hopper ');
  await expect(names).toBeHidden();
  await ada.composer.pressSequentially('and @al');
  await names.getByRole('option', { name: /Alan Turing/ }).click();
  await expect(ada.composer).toHaveValue('Thanks, @grace.hopper and @alan.turing ');
  await ada.submits();
  await expect(grace.messages.locator('.mention')).toHaveText(['@Grace Hopper', '@Alan Turing']);

  await ada.composer.pressSequentially('@');
  await expect(names).toBeVisible();
  await ada.composer.press('Escape');
  await expect(names).toBeHidden();
  await expect(ada.composer).toHaveValue('@');
});
