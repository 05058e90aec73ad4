import { expect, test } from '../support/test.ts';

test('a person finds a public room among all rooms and joins it', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await ada.sends('First.');

  await grace.browsesRooms();
  await expect(grace.card('engines')).toContainText('1 person');
  await grace.card('engines').getByRole('button', { name: 'Join' }).click();
  await grace.isIn('engines');
  await grace.sees('First.');

  await grace.sends('Second.');
  await ada.sees('Second.');
  await grace.showsRooms();
  await expect(grace.row('engines')).toBeVisible();
});

test('the members of a room are counted and listed as people join and leave', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  const members = ada.page.getByRole('button', { name: /^Members: / });
  await expect(members).toHaveAccessibleName('Members: 1');

  await grace.joinRoom('engines');
  await expect(members).toHaveAccessibleName('Members: 2');
  await members.click();
  const panel = ada.page.getByRole('complementary', { name: 'Members' });
  await expect(panel.getByRole('listitem').filter({ hasText: 'Grace Hopper' })).toContainText('@grace.hopper');

  await grace.page.getByRole('button', { name: /^Members: / }).click();
  await grace.page.getByRole('button', { name: 'Leave this room' }).click();
  await expect(grace.row('engines')).toHaveCount(0);
  await expect(panel.getByRole('listitem').filter({ hasText: 'Grace Hopper' })).toHaveCount(0);
});

test('a taken room name is refused, and the dialog keeps the input', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  await ada.showsRooms();
  await ada.sidebar.getByRole('button', { name: 'Create a room' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Create a room' });
  await dialog.getByLabel('Name').fill('Engines');
  await dialog.getByRole('button', { name: 'Create room' }).click();

  await expect(dialog.getByRole('alert')).toHaveText('There is already a room with this name. Choose another one.');
  await expect(dialog.getByLabel('Name')).toHaveValue('Engines');
  await dialog.getByLabel('Name').fill('Steam engines');
  await dialog.getByRole('button', { name: 'Create room' }).click();
  await ada.isIn('Steam engines');
});

test('a private room appears only after an invitation, and then at once', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('vault', { isPrivate: true });
  await ada.sends('Only members read this.');

  await grace.browsesRooms();
  await expect(grace.card('general')).toBeVisible();
  await expect(grace.card('vault')).toHaveCount(0);
  workspace.complaints.expect(/404/);
  await grace.goesTo(ada.address);
  await expect(grace.page.getByRole('main')).toContainText('This room does not exist, or you are not in it.');
  await expect(grace.page.getByText('Only members read this.')).toHaveCount(0);

  await grace.showsRooms();
  await expect(grace.row('vault')).toHaveCount(0);
  await ada.invites('Grace Hopper');
  await expect(grace.row('vault')).toBeVisible();
  await grace.opens('vault');
  await grace.sees('Only members read this.');
});

test('a person at the address of a private room enters as soon as they are invited', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('vault', { isPrivate: true });
  workspace.complaints.expect(/404/);
  await grace.goesTo(ada.address);
  await ada.invites('Grace Hopper');
  await grace.isIn('vault');
});

test('a direct conversation appears at once for the other person', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const emmy = await workspace.signUp('Emmy Noether');
  await grace.showsRooms();
  await emmy.showsRooms();
  await ada.startsDirectWith('Grace Hopper');
  await ada.sends('Between us.');

  await expect(grace.row('Ada Lovelace')).toBeVisible();
  await grace.opens('Ada Lovelace');
  await grace.sees('Between us.');
  await grace.sends('It stays here.');
  await ada.sees('It stays here.');
  await expect(emmy.row('Ada Lovelace')).toHaveCount(0);
});

test('the same people share one direct conversation', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.startsDirectWith('Grace Hopper');
  await ada.sends('Once.');
  await grace.startsDirectWith('Ada Lovelace');
  await grace.sees('Once.');
  expect(grace.roomId).toBe(ada.roomId);
});
