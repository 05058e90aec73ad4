import type { Locator } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';

/** Opens the panel with the settings of the room. */
async function settings(person: Person): Promise<Locator> {
  await person.page.getByRole('heading', { level: 1 }).getByRole('button').click();
  const dialog = person.page.getByRole('dialog', { name: 'About this room' });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function closes(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
}

test('everyone sees a new name and topic of a room at once, also in the conversation', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');

  const dialog = await settings(ada);
  await dialog.getByLabel('Name').fill('general');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('There is already a room with this name. Choose another one.');
  await dialog.getByLabel('Name').fill('Difference engines');
  await dialog.getByLabel('Topic').fill('Steam and brass');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Saved. Everyone in the room sees it now.');

  await grace.isIn('Difference engines');
  await expect(grace.page.getByText('Steam and brass', { exact: true })).toBeVisible();
  const notes = grace.page.locator('.note');
  const lines = [
    'Ada Lovelace made this room',
    'Grace Hopper joined',
    'Ada Lovelace renamed the room to “Difference engines”',
    'Ada Lovelace changed the topic to “Steam and brass”',
  ];
  await expect(notes).toHaveText(lines);
  await grace.reloads();
  await expect(notes).toHaveText(lines);
});

test('an archived room leaves the sidebar, can be read and can be restored', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await ada.sends('Steam.');
  await grace.joinRoom('engines');
  await grace.composer.fill('I was about to say');

  const dialog = await settings(ada);
  await dialog.getByRole('button', { name: 'Archive this room' }).click();
  await expect(dialog.getByRole('button', { name: 'Bring it back' })).toBeVisible();
  await closes(dialog);
  const words = 'This room is archived: it can be read, but nothing in it can be changed.';
  await expect(grace.page.getByText(words)).toBeVisible();
  await expect(grace.composer).toBeHidden();
  await grace.sees('Steam.');
  await expect(grace.row('engines')).toHaveCount(0);

  await grace.browsesRooms();
  await expect(grace.card('general')).toBeVisible();
  await expect(grace.card('engines')).toHaveCount(0);
  await grace.page.getByLabel('Archived rooms').check();
  await expect(grace.card('general')).toHaveCount(0);
  await grace.card('engines').getByRole('link', { name: 'Open' }).click();
  await expect(grace.page.getByText(words)).toBeVisible();

  await (await settings(ada)).getByRole('button', { name: 'Bring it back' }).click();
  await expect(grace.composer).toHaveValue('I was about to say');
  await grace.submits();
  await ada.sees('I was about to say');
});

test('members who may not post read the reason in place of the composer', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('news');
  await grace.joinRoom('news');

  const dialog = await settings(ada);
  await dialog.getByRole('group', { name: 'Who may post' }).getByLabel('Only owners').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('status')).toBeVisible();
  await closes(dialog);
  await ada.sends('The news.');
  await grace.sees('The news.');
  await expect(grace.page.getByText('Only owners of this room can post in it.')).toBeVisible();
  await expect(grace.composer).toBeHidden();

  await expect((await settings(grace)).getByRole('definition').last()).toHaveText('Only owners');
});

test('an owner promotes one member and removes another', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines', { isPrivate: true });
  await ada.invites('Grace Hopper');
  await grace.opens('engines');

  await ada.page.getByRole('button', { name: /^Members: / }).click();
  const panel = ada.page.getByRole('complementary', { name: 'Members' });
  const member = panel.getByRole('listitem').filter({ hasText: 'Grace Hopper' });
  await member.getByRole('button', { name: 'More about Grace Hopper' }).click();
  await member.getByRole('button', { name: 'Make an owner' }).click();
  await expect(member).toContainText('Owner');
  await expect(grace.page.getByText('Ada Lovelace made Grace Hopper an owner')).toBeVisible();

  await member.getByRole('button', { name: 'More about Grace Hopper' }).click();
  await member.getByRole('button', { name: 'Remove from this room' }).click();
  await expect(member).toHaveCount(0);
  await expect(grace.page.getByRole('main')).toContainText('This room does not exist, or you are not in it.');
  await expect(grace.row('engines')).toHaveCount(0);
});

test('a starred room is first in all tabs', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  const tab = await ada.opensTab();
  const dialog = await settings(ada);
  await dialog.getByLabel(/^Starred/).check();
  await closes(dialog);

  await tab.showsRooms();
  const sections = tab.sidebar.getByRole('heading', { level: 2 });
  await expect(sections).toHaveText(['Starred', 'Rooms', 'Direct']);
  await expect(tab.sidebar.locator('section').first().getByRole('link')).toHaveText(/engines/);
  await tab.reloads();
  await expect(sections).toHaveText(['Starred', 'Rooms', 'Direct']);
});
