import type { Locator } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';

/** Opens the card of a message's author: by the name, or on a phone by the avatar. */
async function card(person: Person, name: string): Promise<Locator> {
  const author = person.page.getByRole('button', { name, exact: true });
  const message = person.page.getByRole('log').getByRole('article').filter({ has: author }).first();
  if (person.isOnPhone) await message.locator('.message-avatar').tap();
  else await message.getByRole('button', { name, exact: true }).click();
  const dialog = person.page.getByRole('dialog', { name: 'Profile' });
  await expect(dialog.getByRole('heading', { name, exact: true })).toBeVisible();
  return dialog;
}

async function closes(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
}

test('a card shows a person and their local time, and leads to a conversation', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await workspace.signUp('Grace Hopper');
  const grace = await workspace.signIn(
    { name: 'Grace Hopper', handle: 'grace.hopper', password: 'grace.hopper has a secret' },
    { timezoneId: 'Asia/Tokyo' },
  );
  await grace.opens('general');
  await grace.sends('Good evening.');
  await ada.opens('general');
  await ada.sees('Good evening.');

  const dialog = await card(ada, 'Grace Hopper');
  await expect(dialog).toContainText('@grace.hopper');
  await expect(dialog).toContainText('Online');
  await expect(dialog).toContainText(/\d\d?:\d\d.*, Tokyo/);
  await dialog.getByRole('button', { name: 'Message' }).click();
  await ada.isIn('Grace Hopper');
  await expect(dialog).toBeHidden();
});

test('a mention opens the card, and a link to a person opens its page', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await workspace.signUp('Grace Hopper');
  await ada.opens('general');
  await ada.sends('Ask @grace.hopper about it.');
  const mention = ada.page.getByRole('log').getByRole('link', { name: '@Grace Hopper' });
  const path = await mention.getAttribute('href');
  await mention.click();
  await expect(ada.page.getByRole('dialog', { name: 'Profile' })).toContainText('@grace.hopper');
  await ada.goesTo(path!);
  await expect(ada.page.getByRole('main')).toContainText('@grace.hopper');
  await expect(ada.page.getByRole('button', { name: 'Message' })).toBeVisible();
  await ada.reloads();
  await expect(ada.page.getByRole('main')).toContainText(/Local time\s*\d\d?:\d\d/);
});

test('everyone sees a status until it expires', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.opens('general');
  await ada.sends('I am off.');
  await ada.goesTo('/profile');
  await ada.page.getByRole('button', { name: '🚌 On the way' }).click();
  await ada.page.getByRole('button', { name: 'Set status' }).click();
  await expect(ada.page.getByText('Set. Everyone sees it now.')).toBeVisible();

  await grace.opens('general');
  const mark = grace.message('I am off.').locator('.status-mark');
  await expect(mark).toHaveAttribute('title', 'On the way');
  const program = await workspace.programOf(ada);
  await program.asks('profile:status', { status: { emoji: '⏳', text: 'Soon back', until: Date.now() + 3_000 } });
  await expect(mark).toHaveAttribute('title', 'Soon back');
  await expect(mark).toHaveCount(0);

  await ada.page.getByLabel('Emoji').fill('not an emoji');
  await ada.page.getByRole('button', { name: 'Set status' }).click();
  await ada.isTold('A status has one emoji and up to 100 characters.');
  await ada.page.getByLabel('Emoji').fill(':palm_tree:');
  await ada.page.getByRole('button', { name: 'Set status' }).click();
  await expect(mark).toContainText('🌴');
  await ada.page.getByRole('button', { name: 'Clear' }).click();
  await expect(ada.page.getByText('Cleared.')).toBeVisible();
  await expect(mark).toHaveCount(0);
});

test('a person without input for ten minutes is away until the next input', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.opens('general');
  await ada.page.getByRole('button', { name: /^Members: / }).click();
  const member = ada.page.getByRole('complementary', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'Grace Hopper' });
  await grace.page.clock.install();
  await grace.reloads();
  await expect(member).toContainText('online');
  await grace.page.clock.fastForward('11:00');
  await expect(member).toContainText('away');
  await grace.page.mouse.move(10, 10);
  await grace.page.mouse.down();
  await expect(member).toContainText('online');
});

test('messages of a blocked person are not unread', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.opens('general');
  await ada.sends('Who sells engines?');
  await grace.opens('general');
  await grace.sends('I do!');
  await ada.sees('I do!');
  await grace.opensThread('Who sells engines?');
  await grace.repliesWith('Buy mine!');
  await ada.hasUnreadReplies(1);
  await ada.opens('general');
  const dialog = await card(ada, 'Grace Hopper');
  await dialog.getByRole('button', { name: 'Block' }).click();
  await expect(dialog.getByRole('button', { name: 'Unblock' })).toBeVisible();
  await closes(dialog);
  await ada.hasUnreadReplies(0);
  await grace.repliesWith('It is cheap!');
  await expect(grace.threadTexts).toHaveCount(3);
  await ada.reloads();
  await ada.hasUnreadReplies(0);
});

test('messages of a blocked person are hidden, and the person cannot start a conversation', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await grace.opens('general');
  await grace.sends('Buy this!');
  await ada.opens('general');
  await ada.sees('Buy this!');
  const dialog = await card(ada, 'Grace Hopper');
  await dialog.getByRole('button', { name: 'Block' }).click();
  await expect(dialog.getByRole('button', { name: 'Unblock' })).toBeVisible();
  await closes(dialog);

  await expect(ada.message('Buy this!')).toHaveCount(0);
  await expect(ada.messages).toContainText('Blocked message');
  await ada.messages.getByRole('button', { name: 'Show' }).click();
  await expect(ada.message('Buy this!')).toBeVisible();
  await ada.sends('Hm.');
  await grace.sees('Hm.');
  const adas = await card(grace, 'Ada Lovelace');
  await adas.getByRole('button', { name: 'Message' }).click();
  await expect(adas.getByRole('alert')).toHaveText('A conversation with these people cannot be started.');

  const graces = await card(ada, 'Grace Hopper');
  await graces.getByRole('button', { name: 'Unblock' }).click();
  await expect(graces.getByRole('button', { name: 'Block', exact: true })).toBeVisible();
  await adas.getByRole('button', { name: 'Message' }).click();
  await grace.isIn('Ada Lovelace');
});
