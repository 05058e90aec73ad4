import { expect, test } from '../support/test.ts';

test('the last message and its details show who has seen it', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await grace.browsesRooms();
  await ada.opens('general');
  await ada.sends('Has anybody seen this?');
  await ada.sees('Has anybody seen this?');
  const seen = ada.page.locator('.seen-by');
  await expect(seen).toHaveCount(0);

  await grace.opens('general');
  await expect(seen).toHaveText(/Seen by Grace Hopper/);
  await ada.message('Has anybody seen this?').getByRole('button', { name: /\d:\d\d/ }).click();
  await expect(ada.page.getByRole('dialog', { name: 'Message details' })).toContainText('Seen by Grace Hopper.');
});

test('a person who hides read receipts neither shows nor sees them', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.opens('general');
  await ada.sends('Seen?');
  await grace.opens('general');
  await grace.sees('Seen?');
  const seen = ada.page.locator('.seen-by');
  await expect(seen).toHaveText(/Seen by Grace Hopper/);
  await grace.goesTo('/profile');
  await grace.page.getByLabel(/^Show others what I have read/).uncheck();
  await expect(seen).toHaveCount(0);
  await grace.goesTo('/');
  await grace.opens('general');
  await grace.sends('I am here.');
  await ada.sees('I am here.');
  await ada.sends('So am I.');
  await grace.sees('So am I.');
  await expect(grace.page.locator('.seen-by')).toHaveCount(0);
  await expect(seen).toHaveCount(0);
});
