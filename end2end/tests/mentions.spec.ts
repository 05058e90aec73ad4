import { expect, test } from '../support/test.ts';

test('a mention shows as a pill in the sidebar of the mentioned person until it is read', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  await grace.opens('general');
  const tablet = await workspace.signIn(grace);
  await tablet.opens('general');
  for (const device of [grace, tablet]) await device.showsRooms();

  await ada.sends('Nothing in particular.');
  await ada.sends('@grace.hopper, have a look.');
  await ada.sends('Tea, @room!');
  for (const device of [grace, tablet]) {
    await device.hasUnread('engines', 3);
    await device.hasMentions('engines', 2);
  }

  await ada.pointsAt('Tea, @room!');
  await ada.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Delete' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  for (const device of [grace, tablet]) {
    await device.hasUnread('engines', 2);
    await device.hasMentions('engines', 1);
  }

  await grace.opens('engines');
  await expect(grace.page.locator('article[data-mentions-me]')).toHaveText([/have a look/]);
  await tablet.hasUnread('engines', 0);
  await tablet.hasMentions('engines', 0);
});

test('a mention added by an edit counts if the message is unread', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  await grace.opens('general');
  await grace.showsRooms();
  await ada.sends('Who was it?');
  await grace.hasUnread('engines', 1);
  await grace.hasMentions('engines', 0);
  await ada.pointsAt('Who was it?');
  await ada.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Edit' }).click();
  await ada.page.getByRole('textbox', { name: 'Edit message' }).fill('It was @grace.hopper.');
  await ada.page.getByRole('button', { name: 'Save' }).click();
  await grace.hasMentions('engines', 1);
  await grace.hasUnread('engines', 1);
});
