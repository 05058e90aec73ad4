import type { Page } from '@playwright/test';
import { axeFindsNothing } from '../support/axe.ts';
import { Console } from '../support/console.ts';
import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';
import type { Workspace } from '../support/workspace.ts';

const screens: Record<string, (ada: Person, workspace: Workspace) => Promise<void>> = {
  'a room': async (ada) => {
    await ada.opens('general');
    await ada.sends('The engine weaves algebraic patterns.');
    await ada.sees('The engine weaves algebraic patterns.');
  },
  'the list of all rooms': (ada) => ada.browsesRooms(),
  'the dialog that creates a room': async (ada) => {
    await ada.showsRooms();
    await ada.sidebar.getByRole('button', { name: 'Create a room' }).click();
    await expect(ada.page.getByRole('dialog', { name: 'Create a room' })).toBeVisible();
  },
  'the members panel': async (ada) => {
    await ada.opens('general');
    await ada.page.getByRole('button', { name: /^Members: / }).click();
    await expect(ada.page.getByRole('complementary', { name: 'Members' })).toBeVisible();
  },
  'a message with its toolbar, a reaction and a pin': async (ada) => {
    await ada.opens('general');
    await ada.sends('The engine weaves algebraic patterns.');
    await ada.sees('The engine weaves algebraic patterns.');
    await ada.pointsAt('The engine weaves algebraic patterns.');
    await ada.page.getByRole('toolbar').getByRole('button', { name: 'Pin' }).click();
    await ada.page.getByRole('toolbar').getByRole('button', { name: 'React' }).click();
    await ada.page.getByRole('option', { name: 'rocket' }).click();
    await expect(ada.messages.getByRole('button', { name: '🚀: you' })).toBeVisible();
  },
  'the emoji picker': async (ada) => {
    await ada.opens('general');
    await ada.page.getByRole('button', { name: 'Emoji', exact: true }).click();
    await expect(ada.page.getByRole('option').first()).toBeVisible();
  },
  'the pinned messages': async (ada) => {
    await ada.opens('general');
    await ada.page.getByRole('button', { name: 'Pinned messages' }).click();
    await expect(ada.page.getByRole('complementary', { name: 'Pinned messages' })).toBeVisible();
  },
  'the saved messages': (ada) => ada.goesTo('/saved'),
  'a thread': async (ada) => {
    await ada.opens('general');
    await ada.sends('The engine weaves algebraic patterns.');
    await ada.opensThread('The engine weaves algebraic patterns.');
    await ada.repliesWith('It does.');
    await expect(ada.thread).toContainText('1 reply');
    await expect(ada.thread.getByRole('button', { name: 'Following' })).toBeVisible();
  },
  'the list of threads': async (ada) => {
    await ada.opens('general');
    await ada.sends('The engine weaves algebraic patterns.');
    await ada.opensThread('The engine weaves algebraic patterns.');
    await ada.repliesWith('It does.');
    await expect(ada.thread).toContainText('1 reply');
    await ada.closesPanel();
    await ada.showsRooms();
    await ada.sidebar.getByRole('button', { name: 'Threads' }).click();
    await expect(ada.page.getByRole('complementary', { name: 'Threads' }).getByRole('listitem')).toHaveCount(1);
  },
  'the card of a person': async (ada) => {
    await ada.opens('general');
    await ada.sends('The engine weaves algebraic patterns.');
    await ada.sees('The engine weaves algebraic patterns.');
    await ada.messages.locator('.message-avatar').click();
    await expect(ada.page.getByRole('dialog', { name: 'Profile' })).toBeVisible();
  },
  'the settings of a room': async (ada) => {
    await ada.opens('general');
    await ada.page.getByRole('heading', { level: 1 }).getByRole('button', { name: 'general' }).click();
    await expect(ada.page.getByRole('dialog', { name: 'About this room' })).toBeVisible();
  },
  'the search': async (ada) => {
    await ada.opens('general');
    await ada.sends('The engine weaves algebraic patterns.');
    await ada.sees('The engine weaves algebraic patterns.');
    await ada.page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    const panel = ada.page.getByRole('complementary', { name: 'Search' });
    await panel.getByRole('searchbox').fill('algebra');
    await expect(panel.getByRole('list', { name: 'Results' }).getByRole('listitem')).toHaveCount(1);
  },
  'the panel under the hood': async (ada) => {
    await ada.opens('general');
    if (ada.isOnPhone) await ada.page.getByRole('heading', { level: 1 }).getByRole('button', { name: 'general' }).click();
    await ada.page.getByRole('button', { name: 'Under the hood' }).last().click();
    const inspector = ada.page.getByRole('complementary', { name: 'Under the hood' });
    await expect(inspector).toContainText('0 frames');
    await ada.sends('The engine weaves algebraic patterns.');
    const row = inspector.getByRole('listitem').filter({ hasText: 'You said' });
    await row.getByRole('button').click();
    await expect(row.getByRole('heading').first()).toBeVisible();
  },
  'the profile': (ada) => ada.goesTo('/profile'),
  'the console': async (ada) => {
    const console = await Console.open(ada);
    await expect(console.items('Commands by name').first()).toBeVisible();
  },
  'an open connection in the console': async (ada) => {
    const console = await Console.open(ada, 'connections');
    await console.items('Connections').first().locator('summary').click();
    await expect(console.items('Connections').first()).toContainText('Public id');
  },
  'the console’s people': async (ada) => {
    const console = await Console.open(ada, 'people');
    await expect(console.items('People')).toHaveCount(2);
  },
  'the console’s dialog that asks': async (ada) => {
    const console = await Console.open(ada, 'people');
    await console.item('People', 'Grace Hopper').getByRole('button', { name: 'Ban', exact: true }).click();
    await expect(console.dialog).toBeVisible();
  },
  'an invitation’s link and picture': async (ada) => {
    const console = await Console.open(ada, 'invites');
    await ada.page.getByRole('button', { name: 'Create an invitation' }).click();
    await console.dialog.getByRole('button', { name: 'Create the link' }).click();
    await expect(console.dialog.getByRole('textbox', { name: 'Link' })).toBeVisible();
  },
  'the console’s invitations, rooms and announcements': async (ada) => {
    const console = await Console.open(ada);
    await console.invites();
    await console.goesTo('Rooms');
    await expect(console.items('Rooms by activity')).toHaveCount(1);
    await console.goesTo('Announce');
    await ada.page.getByLabel('The members of a room').check();
  },
  'the audit log': async (ada) => {
    const console = await Console.open(ada);
    await console.invites();
    await console.goesTo('Audit log');
    await expect(console.items('Acts')).toHaveCount(1);
  },
  'the dialog that reports a message': async (ada, workspace) => {
    const alan = await workspace.signUp('Alan Turing');
    await alan.opens('general');
    await alan.sends('The engine weaves algebraic patterns.');
    await ada.opens('general');
    await ada.pointsAt('The engine weaves algebraic patterns.');
    await ada.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Report' }).click();
    await expect(ada.page.getByRole('dialog', { name: 'Report this message' })).toBeVisible();
  },
};

for (const [screen, open] of Object.entries(screens)) {
  test(`axe finds no violations on ${screen}, light and dark`, async ({ workspace }) => {
    const ada = await workspace.setUp('Ada Lovelace');
    await workspace.signUp('Grace Hopper');
    await ada.page.emulateMedia({ reducedMotion: 'reduce' });
    await open(ada, workspace);
    await axeFindsNothing(ada.page);
  });
}

test('axe finds no violations on the pages of visitors, light and dark', async ({ workspace }) => {
  const visitor = await workspace.visitor({ reducedMotion: 'reduce' });
  await visitor.goto('/setup');
  await axeFindsNothing(visitor);
  await workspace.setUp('Ada Lovelace');
  for (const path of ['/sign-in', '/sign-in?refused=wrong_credentials', '/sign-up']) {
    await visitor.goto(path);
    await axeFindsNothing(visitor);
  }
});

test('no page is wider than a screen of 320 pixels', async ({ workspace }) => {
  const visitor = await workspace.visitor();
  await workspace.setUp('Ada Lovelace');
  await visitor.setViewportSize({ width: 320, height: 700 });
  await visitor.goto('/sign-in');
  await isNoWiderThan320(visitor);

  const ada = await workspace.signIn({ name: 'Ada Lovelace', handle: 'ada.lovelace', password: 'ada.lovelace has a secret' });
  await ada.page.setViewportSize({ width: 320, height: 700 });
  await ada.createRoom('a room with a rather long name for such a narrow screen');
  await ada.sends(`https://example.org/${'a-very-long-path-without-a-break/'.repeat(8)}`);
  await expect(ada.messages).toHaveCount(1);
  await isNoWiderThan320(ada.page);
  await ada.page.getByRole('button', { name: /^Members: / }).click();
  await isNoWiderThan320(ada.page);
  await ada.page.getByRole('button', { name: 'Close' }).click();
  await ada.showsRooms();
  await isNoWiderThan320(ada.page);
  await ada.browsesRooms();
  await isNoWiderThan320(ada.page);
});

async function isNoWiderThan320(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.scrollingElement?.scrollWidth);
  expect.soft(width, page.url()).toBeLessThanOrEqual(320);
}
