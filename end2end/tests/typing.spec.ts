import { expect, test } from '../support/test.ts';

const notice = 'Ada Lovelace is typing…';

test('others see that a person is typing until the person stops', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const tablet = await workspace.signIn(ada);

  await ada.composer.pressSequentially('We may say');
  await expect(grace.page.getByText(notice)).toBeVisible();
  await expect(ada.page.getByText('typing…')).toHaveCount(0);
  await expect(tablet.page.getByText('typing…')).toHaveCount(0);

  await ada.composer.fill('');
  await expect(grace.page.getByText(notice)).toHaveCount(0);
});

test('the typing line disappears with the message', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.composer.pressSequentially('Done');
  await expect(grace.page.getByText(notice)).toBeVisible();
  await ada.submits();
  await grace.sees('Done');
  await expect(grace.page.getByText(notice)).toHaveCount(0, { timeout: 1_000 });
});

test('the typing line disappears after a pause', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.composer.pressSequentially('Hm');
  await expect(grace.page.getByText(notice)).toBeVisible();
  await expect(grace.page.getByText(notice)).toHaveCount(0, { timeout: 12_000 });
  await expect(ada.composer).toHaveValue('Hm');
});

test('typing shows only in its own room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const emmy = await workspace.signUp('Emmy Noether');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  await ada.composer.pressSequentially('Here');
  await expect(grace.page.getByText(notice)).toBeVisible();
  await expect(emmy.page.getByText('typing…')).toHaveCount(0);
});
