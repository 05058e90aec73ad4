import { expect, test } from '../support/test.ts';

test('unread messages are counted in the sidebar until the room is opened, on every device', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  await grace.opens('general');
  const tablet = await workspace.signIn(grace);
  await tablet.opens('general');
  await grace.showsRooms();
  await tablet.showsRooms();
  await grace.hasUnread('engines', 0);

  await ada.sends('Gears.');
  await grace.hasUnread('engines', 1);
  await ada.sends('More gears.');
  for (const device of [grace, tablet]) await device.hasUnread('engines', 2);

  await grace.opens('engines');
  await expect(grace.page.getByRole('log').getByText('New', { exact: true })).toBeVisible();
  await tablet.hasUnread('engines', 0);
  await grace.showsRooms();
  await grace.hasUnread('engines', 0);

  await grace.reloads();
  await grace.showsRooms();
  await grace.hasUnread('engines', 0);
});

test('who watches a room has nothing unread in it', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const tablet = await workspace.signIn(grace);
  await tablet.isIn('general');
  await tablet.showsRooms();
  await ada.sends('You see this.');
  await grace.sees('You see this.');
  await tablet.reloads();
  await tablet.showsRooms();
  await tablet.hasUnread('general', 0);
});

test('what one writes oneself is not unread on one\'s other device', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  const tablet = await workspace.signIn(ada);
  await tablet.opens('general');
  await tablet.showsRooms();
  await ada.sends('A note to myself.');
  await ada.sees('A note to myself.');
  await tablet.hasUnread('engines', 0);
  await tablet.opens('engines');
  await tablet.sees('A note to myself.');
});

test('what was written while somebody was away is unread when they come back', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  await grace.opens('general');
  await grace.page.goto('about:blank');
  await ada.sends('While you were out.');
  await ada.sees('While you were out.');

  await grace.goesTo('/');
  await grace.hasUnread('engines', 1);
  await grace.opens('engines');
  await grace.sees('While you were out.');
});
