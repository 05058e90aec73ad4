import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';

const picker = (person: Person) => person.page.getByRole('dialog', { name: 'Emoji' });
const chips = (person: Person, text: string) => person.message(text).getByRole('group', { name: 'Reactions' });

async function reacts(person: Person, text: string, name: string): Promise<void> {
  await person.pointsAt(text);
  await person.message(text).getByRole('toolbar').getByRole('button', { name: 'React' }).click();
  await picker(person).getByLabel('Find emoji').fill(name);
  await picker(person).getByRole('option', { name, exact: true }).click();
  await expect(picker(person)).toBeHidden();
}

test('a reaction shows under the message for everyone with its people, and a click removes it', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('It computes.');
  await grace.sees('It computes.');
  await reacts(grace, 'It computes.', 'party popper');

  const adas = chips(ada, 'It computes.').getByRole('button', { name: /^🎉/ });
  await expect(adas).toHaveAccessibleName('🎉: Grace Hopper');
  await expect(adas).toHaveAttribute('aria-pressed', 'false');
  await adas.click();
  await expect(adas).toHaveAttribute('aria-pressed', 'true');
  await expect(adas).toHaveText('🎉2');
  await expect(adas).toBeFocused();
  await expect(chips(grace, 'It computes.').getByRole('button', { name: /^🎉/ })).toHaveAccessibleName('🎉: you and Ada Lovelace');

  await grace.reloads();
  const graces = chips(grace, 'It computes.').getByRole('button', { name: /^🎉/ });
  await expect(graces).toHaveText('🎉2');
  await graces.click();
  await expect(adas).toHaveText('🎉1');
  await adas.click();
  for (const person of [ada, grace]) await expect(chips(person, 'It computes.')).toHaveCount(0);
});

test('a page that reconnects shows the reactions it missed', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('While you are out.');
  await grace.sees('While you are out.');
  const line = await grace.line();
  await line.cut();
  await expect(grace.status).toHaveText('Reconnecting…');
  await reacts(ada, 'While you are out.', 'waving hand');
  await expect(chips(ada, 'While you are out.')).toBeVisible();
  line.mend();
  await grace.isLive();
  await expect(chips(grace, 'While you are out.').getByRole('button', { name: '👋: Ada Lovelace' })).toBeVisible();
});

test('a reaction that fails shows a sentence', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('No line.');
  await ada.sees('No line.');
  await reacts(ada, 'No line.', 'eyes');
  await expect(chips(ada, 'No line.')).toBeVisible();
  const line = await ada.line();
  await line.cut();
  await expect(ada.status).toHaveText('Reconnecting…');
  await chips(ada, 'No line.').getByRole('button', { name: /^👀/ }).click();
  await ada.isTold('The server cannot be reached right now.');
  line.mend();
  await ada.isLive();
  await chips(ada, 'No line.').getByRole('button', { name: /^👀/ }).click();
  await expect(chips(ada, 'No line.')).toHaveCount(0);
  await expect(ada.page.getByRole('alert')).toHaveCount(0);
});
