import { expect, test } from '../support/test.ts';

test('the sidebar counts unread messages until the room is opened, on every device', async ({ workspace }) => {
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

test('a room in view has no unread messages', async ({ workspace }) => {
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

test('own messages are not unread on the other device', async ({ workspace }) => {
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

test('messages sent during an absence are unread on return', async ({ workspace }) => {
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

test('messages marked as unread stay unread on every device, even while the room is in view', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  const tablet = await workspace.signIn(grace);
  await tablet.joinRoom('engines');
  await tablet.showsRooms();
  await grace.opens('general');
  for (const text of ['One.', 'Two.', 'Three.']) await ada.sends(text);
  await grace.opens('engines');
  await grace.sees('Three.');
  await tablet.hasUnread('engines', 0);

  await grace.pointsAt('Two.');
  await grace.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Mark unread from here' }).click();
  const bar = grace.page.getByRole('region', { name: 'Unread messages' });
  await expect(bar).toContainText('2 messages marked as unread');
  const line = grace.page.getByRole('log').getByText('New', { exact: true });
  await expect(line.locator('xpath=../following-sibling::article[1]')).toContainText('Two.');
  await ada.sends('Four.');
  await grace.sees('Four.');
  await tablet.hasUnread('engines', 3);

  await bar.getByRole('button', { name: 'Mark as read' }).click();
  await expect(bar).toBeHidden();
  await tablet.hasUnread('engines', 0);
  await ada.sends('Five.');
  await grace.sees('Five.');
  await tablet.hasUnread('engines', 0);
});

test('a button marks everything as read', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const tablet = await workspace.signIn(grace);
  for (const room of ['engines', 'looms']) {
    await ada.createRoom(room);
    await grace.joinRoom(room);
  }
  await grace.opens('general');
  await tablet.opens('general');
  for (const room of ['engines', 'looms']) {
    await ada.opens(room);
    await ada.sends('News.');
  }
  for (const device of [grace, tablet]) {
    await device.showsRooms();
    for (const room of ['engines', 'looms']) await device.hasUnread(room, 1);
  }
  await grace.sidebar.locator('summary').click();
  await grace.sidebar.getByRole('button', { name: 'Mark all as read' }).click();
  for (const device of [grace, tablet]) for (const room of ['engines', 'looms']) await device.hasUnread(room, 0);
});

test('a button leads to the first unread message at any distance', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  await grace.opens('general');
  const program = await workspace.programOf(ada);
  await program.posts(ada.roomId, Array.from({ length: 70 }, (_, n) => `Message ${n + 1}`));
  await grace.showsRooms();
  await grace.hasUnread('engines', 70);
  await grace.opens('engines');
  const bar = grace.page.getByRole('region', { name: 'Unread messages' });
  await expect(bar).toContainText('70 new messages');
  await bar.getByRole('button', { name: 'Jump to first unread' }).click();
  await expect(grace.message('Message 1')).toBeInViewport();
  await expect(grace.message('Message 1')).toBeFocused();
  await expect(bar).toBeHidden();
});
