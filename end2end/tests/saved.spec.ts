import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';

const saved = (person: Person) => person.page.getByRole('main').getByRole('listitem');

async function saves(person: Person, text: string): Promise<void> {
  await person.pointsAt(text);
  await person.message(text).getByRole('toolbar').getByRole('button', { name: 'Save for later' }).click();
  await expect(person.message(text)).toContainText('Saved');
}

test('a saved message is on all own devices and on no others', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const phone = await workspace.signIn(grace);
  await ada.sends('Read chapter three.');
  for (const person of [grace, phone]) await person.sees('Read chapter three.');
  await saves(grace, 'Read chapter three.');
  await expect(phone.message('Read chapter three.')).toContainText('Saved');
  await expect(ada.message('Read chapter three.')).not.toContainText('Saved');

  await phone.showsRooms();
  await phone.sidebar.getByRole('link', { name: 'Saved messages' }).click();
  await expect(phone.page).toHaveTitle(/^Saved messages/);
  await expect(saved(phone)).toContainText('Read chapter three.');
  await expect(saved(phone)).toContainText('Ada Lovelace');
  await phone.reloads();
  await saved(phone).getByRole('link', { name: 'general' }).click();
  await phone.isIn('general');
  await expect(phone.message('Read chapter three.')).toHaveAttribute('data-sought', 'true');
  await phone.page.goBack();

  await saved(phone).getByRole('button', { name: 'Remove' }).click();
  await expect(phone.page.getByText('Nothing is saved yet.')).toBeVisible();
  await expect(grace.message('Read chapter three.')).not.toContainText('Saved');
});

test('saved messages of a left room are hidden', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  await ada.sends('The mill is finished.');
  await ada.sees('The mill is finished.');
  await saves(ada, 'The mill is finished.');
  await ada.page.getByRole('button', { name: /^Members: / }).click();
  await ada.page.getByRole('button', { name: 'Leave this room' }).click();
  await expect(ada.page.getByRole('heading', { level: 1, name: 'engines', exact: true })).toHaveCount(0);
  await expect(ada.row('engines')).toHaveCount(0);
  await ada.showsRooms();
  await ada.sidebar.getByRole('link', { name: 'Saved messages' }).click();
  await expect(ada.page.getByText('Nothing is saved yet.')).toBeVisible();
});
