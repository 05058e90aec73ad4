import { expect, test } from '../support/test.ts';

test('a room is there without the parts that are loaded when they are first shown', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  let isLoaded = false;
  await ada.page.route(/split_parts/, async (route) => {
    isLoaded = true;
    await route.continue();
  });
  await ada.reloads();
  await ada.sends('Nothing else is needed for this.');
  await ada.sees('Nothing else is needed for this.');
  expect(isLoaded).toBe(false);

  await ada.page.getByRole('button', { name: /^Members: / }).click();
  const panel = ada.page.getByRole('complementary', { name: 'Members' });
  await expect(panel).toContainText('Ada Lovelace');
  expect(isLoaded).toBe(true);
  // Its pictures are drawn: a part has strings of its own.
  await expect(panel.getByRole('button', { name: 'Close' }).locator('svg').filter({ visible: true })).toHaveCount(1);
});

test('what is under the hood is loaded by those who look there, and by nobody else', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  let isLoaded = false;
  await ada.page.route(/split_hood/, async (route) => {
    isLoaded = true;
    await route.continue();
  });
  await ada.reloads();
  await ada.page.getByRole('button', { name: /^Members: / }).click();
  await expect(ada.page.getByRole('complementary', { name: 'Members' })).toContainText('Ada Lovelace');
  expect(isLoaded).toBe(false);

  await ada.showsRooms();
  await ada.sidebar.getByRole('button', { name: 'Under the hood' }).click();
  await expect(ada.page.getByRole('complementary', { name: 'Under the hood' })).toContainText('0 frames');
  expect(isLoaded).toBe(true);
});

test('a part that cannot be loaded says so, and comes once it can', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  workspace.complaints.expect(/Failed to fetch|net::ERR_FAILED .*split_parts/);
  await ada.page.route(/split_parts/, (route) => route.abort());
  await ada.reloads();
  await ada.page.getByRole('button', { name: /^Members: / }).click();
  await ada.isTold('This part of the page could not be loaded.');

  await ada.page.unroute(/split_parts/);
  await ada.page.getByRole('button', { name: 'Try again' }).click();
  await expect(ada.page.getByRole('complementary', { name: 'Members' })).toContainText('Ada Lovelace');
});
