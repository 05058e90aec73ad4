import { expect, test } from '../support/test.ts';

test('a picked emoji enters the draft and is listed as recent', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const picker = ada.page.getByRole('dialog', { name: 'Emoji' });
  await ada.composer.fill('Ship it ');
  await ada.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await picker.getByRole('button', { name: 'Travel and places' }).click();
  await picker.getByRole('option', { name: 'rocket', exact: true }).click();
  await expect(picker).toBeHidden();
  await expect(ada.composer).toHaveValue('Ship it 🚀');
  await expect(ada.composer).toBeFocused();
  await ada.submits();
  await ada.sees('Ship it 🚀');

  await ada.reloads();
  await ada.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await expect(picker.getByRole('option').first()).toHaveAccessibleName('rocket');
  await ada.page.keyboard.press('Escape');
  await expect(picker).toBeHidden();
});

test('a colon completes the name of an emoji', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const names = ada.page.getByRole('listbox', { name: 'Names' });
  await ada.composer.pressSequentially('Well done :thumbsu');
  await expect(names.getByRole('option').first()).toContainText('thumbs up');
  await ada.composer.press('Enter');
  await expect(ada.composer).toHaveValue('Well done 👍 ');
  await ada.composer.pressSequentially('at 10:30 :) :D');
  await expect(names).toBeHidden();
});

test('the list of emoji is loaded once, when it is needed', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const asked: string[] = [];
  ada.page.on('request', (request) => {
    if (request.url().includes('/api/emoji/')) asked.push(request.url());
  });
  await ada.reloads();
  await ada.sends('Nothing yet.');
  await ada.sees('Nothing yet.');
  expect(asked).toEqual([]);
  for (let times = 0; times < 2; times++) {
    await ada.page.getByRole('button', { name: 'Emoji', exact: true }).click();
    await expect(ada.page.getByRole('option').first()).toBeVisible();
    await ada.page.keyboard.press('Escape');
  }
  expect(asked).toHaveLength(1);
});

test('a picker without its list shows a sentence', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  workspace.complaints.expect(/net::ERR_FAILED/);
  await ada.page.route(/api\/emoji/, (route) => route.abort());
  await ada.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await ada.isTold('The emoji could not be loaded.');
});
