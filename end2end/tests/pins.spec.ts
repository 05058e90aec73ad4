import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';

const panel = (person: Person) => person.page.getByRole('complementary', { name: 'Pinned messages' });
const pins = (person: Person) => panel(person).getByRole('listitem');

async function pinsOrUnpins(person: Person, text: string): Promise<void> {
  await person.pointsAt(text);
  await person.message(text).getByRole('toolbar').getByRole('button', { name: 'Pin' }).click();
}

test('a pinned message is marked and listed for everyone until a member unpins it', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('The demo is at three.');
  await grace.sees('The demo is at three.');
  await grace.page.getByRole('button', { name: 'Pinned messages' }).click();
  await expect(panel(grace)).toContainText('No pinned messages yet.');

  await pinsOrUnpins(ada, 'The demo is at three.');
  await expect(grace.messages).toContainText('Pinned by Ada Lovelace');
  await expect(pins(grace)).toContainText('The demo is at three.');
  await expect(pins(grace)).toContainText('Pinned by Ada Lovelace');
  await grace.reloads();
  await expect(grace.messages).toContainText('Pinned by Ada Lovelace');

  await grace.page.getByRole('button', { name: 'Pinned messages' }).click();
  await panel(grace).getByRole('button', { name: 'Unpin' }).click();
  await expect(pins(grace)).toHaveCount(0);
  await expect(ada.message('The demo is at three.')).not.toContainText('Pinned');
});

test('a pin leads to its message at any distance', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('From long ago.');
  await ada.sees('From long ago.');
  await pinsOrUnpins(ada, 'From long ago.');
  await expect(ada.messages).toContainText('Pinned by Ada Lovelace');
  const program = await workspace.programOf(ada);
  await program.posts(ada.roomId, Array.from({ length: 130 }, (_, number) => `Message ${number + 1}`));
  await ada.sees('Message 130');

  await ada.page.getByRole('button', { name: 'Pinned messages' }).click();
  await panel(ada).getByRole('link', { name: 'Show' }).click();
  await expect(ada.message('From long ago.')).toBeInViewport();
  await expect(ada.message('From long ago.')).toBeFocused();
});
