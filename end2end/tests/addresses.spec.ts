import { expect, test } from '../support/test.ts';

test('a link to a room leads through sign-in to the room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  await ada.sends('Come here.');
  const path = ada.address;
  await ada.opens('general');
  await ada.signsOut();

  await ada.page.goto(path);
  await expect(ada.page).toHaveURL(/\/sign-in\?next=/);
  await ada.signsIn('a slip of the finger');
  await ada.isTold('That handle and password do not match.');
  await ada.signsIn();
  await ada.isLive();
  expect(ada.address).toBe(path);
  await ada.sees('Come here.');
});

test('a link to a public room offers to join it', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await ada.sends('Come in.');

  await grace.goesTo(ada.address);
  await expect(grace.page.getByRole('main')).toContainText('You are not in #engines');
  await expect(grace.page.getByText('Come in.')).toHaveCount(0);
  await grace.page.getByRole('button', { name: 'Join' }).click();
  await grace.isIn('engines');
  await grace.sees('Come in.');
});

test('an unknown room shows a not-found page', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  workspace.complaints.expect(/404/);
  for (const room of ['0190b1a2-0000-7000-8000-000000000000', 'not-an-id']) {
    const answer = await ada.page.goto(`/rooms/${room}`);
    expect(answer?.status()).toBe(404);
    await ada.isLive();
    await expect(ada.page.getByRole('heading', { level: 1, name: 'No such room' })).toBeVisible();
    await expect(ada.page.getByRole('main')).toContainText('This room does not exist, or you are not in it.');
  }
  await ada.page.getByRole('main').getByRole('link', { name: 'All rooms' }).click();
  await expect(ada.card('general')).toBeVisible();
});

test('an unknown address shows a not-found page', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  workspace.complaints.expect(/404/);
  const answer = await ada.page.goto('/nowhere');
  expect(answer?.status()).toBe(404);
  await expect(ada.page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});

test('back and forward move between rooms', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  await ada.opens('general');
  await ada.opens('engines');
  await ada.sends('In the engine room.');
  await ada.page.goBack();
  if (ada.isOnPhone) await ada.page.goBack();
  await ada.isIn('general');
  await expect(ada.message('In the engine room.')).toHaveCount(0);
  await ada.page.goForward();
  if (ada.isOnPhone) await ada.page.goForward();
  await ada.isIn('engines');
  await ada.sees('In the engine room.');
});
