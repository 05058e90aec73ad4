import type { Page } from '@playwright/test';
import { axeFindsNothing } from '../support/axe.ts';
import { Playground } from '../support/playground.ts';
import { expect, test } from '../support/test.ts';
import { Workspace } from '../support/workspace.ts';

const still = { reducedMotion: 'reduce' } as const;
const ideas = ['connection', 'broadcast', 'room', 'namespace', 'middleware', 'acknowledgement', 'queue'];

test('without JavaScript the page is complete and has no dead controls', async ({ workspace }) => {
  await workspace.setUp('Ada Lovelace');
  const page = await workspace.visitor({ javaScriptEnabled: false });
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'How it works' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What happens when you say hello');
  for (const idea of ideas) await expect(page.locator(`#${idea}`).getByRole('heading', { level: 2 })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Three browsers/ })).toBeVisible();
  await expect(page.locator('noscript p')).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
});

test('the page can be read before the workspace is set up', async ({ workspace }) => {
  const playground = await Playground.open(await workspace.visitor(still));
  await playground.says(1, 'First!');
  await expect(playground.heard(3)).toHaveText(['First!']);
});

test('each message reaches exactly its audience', async ({ workspace }) => {
  const playground = await Playground.open(await workspace.visitor(still));
  await playground.goesTo(3, 'Garden');
  await playground.joins(1, 'tea');
  const [first, second] = [await playground.nameOf(1), await playground.nameOf(2)];

  await playground.says(1, 'To all of us.');
  await expect(playground.story).toContainText(`${first} said “To all of us.” to everyone. The server passed it on to 1 other,`);
  await playground.says(1, 'To the others.', 'Everyone but me');
  await expect(playground.story).toContainText('“To the others.” to everyone else. The server passed it on to 1 other,');
  await playground.says(1, 'To an empty room.', 'The room “tea”');
  await expect(playground.story).toContainText('“To an empty room.” to the room “tea”. No one else is there to hear it,');
  await playground.joins(2, 'tea');
  await expect(playground.story).toContainText(`${second} joined the room “tea”. There are 2 on its list.`);
  await playground.says(1, 'To the room.', 'The room “tea”');
  await playground.joins(3, 'tea');
  await playground.says(3, 'In the other tea.', 'The room “tea”');
  await playground.says(1, 'To the garden.', 'The garden');
  await expect(playground.story).toContainText('“To the garden.” to the garden. The server passed it on to 1 there,');

  await playground.says(1, 'The end.');
  await playground.says(3, 'The end.');
  await expect(playground.heard(1)).toHaveText(['To all of us.', 'To an empty room.', 'To the room.', 'The end.']);
  await expect(playground.heard(2)).toHaveText(['To all of us.', 'To the others.', 'To the room.', 'The end.']);
  await expect(playground.heard(3)).toHaveText(['In the other tea.', 'To the garden.', 'The end.']);
});

test('guests on different pages receive each other’s messages under temporary names', async ({ workspace }) => {
  const ada = await Playground.open(await workspace.visitor(still));
  const grace = await Playground.open(await workspace.visitor(still));
  await ada.says(2, 'Are there others?');
  for (const number of [1, 2, 3]) await expect(grace.heard(number)).toHaveText(['Are there others?']);
  await expect(grace.story.getByText(`${await ada.nameOf(2)}, somewhere else, said “Are there others?” to everyone.`)).toHaveCount(1);
  await expect(ada.story).toContainText('The server passed it on to 5 others,');
});

test('a cut browser misses messages and keeps its own until it reconnects', async ({ workspace }) => {
  const playground = await Playground.open(await workspace.visitor(still));
  await playground.joins(1, 'music');
  const before = await playground.nameOf(1);
  await playground.cuts(1);
  await playground.says(2, 'Missed.');
  await expect(playground.heard(3)).toHaveText(['Missed.']);
  for (const text of ['One.', 'Two.', 'Three.']) await playground.says(1, text);
  await expect(playground.browser(1).getByRole('list', { name: 'The queue' }).getByRole('listitem')).toHaveText(['One.', 'Two.', 'Three.']);
  await expect(playground.story).toContainText('“Three.” waits in the queue, number 3 in line.');

  await playground.restores(1);
  await expect(playground.heard(3)).toHaveText(['Missed.', 'One.', 'Two.', 'Three.']);
  await expect(playground.heard(1)).toHaveText(['One.', 'Two.', 'Three.']);
  await expect(playground.browser(1).getByRole('list', { name: 'The queue' })).toHaveCount(0);
  expect(await playground.nameOf(1)).not.toBe(before);
  await expect(playground.browser(1).getByRole('button', { name: 'music' })).toHaveAttribute('aria-pressed', 'false');
});

test('a gate refuses with a reason', async ({ workspace }) => {
  const playground = await Playground.open(await workspace.visitor(still));
  await playground.says(1, '');
  await expect(playground.story).toContainText('said nothing at all. A gate said no: There is nothing to send yet.');
  await playground.shows('Middleware is a row of gates');
  await expect(playground.story).toContainText(/sent 25 empty messages at once\. .* Too fast\. Try again in \d+ ms\./);
  await expect(playground.heard(2)).toHaveCount(0);
});

test('messages move visibly along the lines and arrive', async ({ workspace }) => {
  const page = await workspace.visitor();
  const playground = await Playground.open(page);
  // They show for less than a second, so every frame is searched.
  const travels = (words: string) =>
    page.waitForFunction((words) => [...document.querySelectorAll('.paper')].some((paper) => new RegExp(words).test(paper.textContent ?? '')), words);
  const [message, tick] = [travels('^On my way!$'), travels('✓ \\d+ ms')];
  await playground.says(1, 'On my way!');
  await message;
  await tick;
  for (const number of [1, 2, 3]) await expect(playground.heard(number)).toHaveText(['On my way!']);
  await expect(page.locator('.paper')).toHaveCount(0);
  // Commands other than messages move, too.
  const [joins, again] = [travels('^join tea$'), travels('^hello\\?$')];
  await playground.joins(2, 'tea');
  await joins;
  await playground.cuts(3);
  await playground.restores(3);
  await again;
});

test('with reduced motion messages arrive without moving', async ({ workspace }) => {
  const page = await workspace.visitor(still);
  const playground = await Playground.open(page);
  await page.evaluate(() => {
    const seen = (window as unknown as { travelled: number });
    seen.travelled = 0;
    const look = (list: MutationRecord[]) => list.forEach(({ addedNodes }) => addedNodes.forEach((node) => {
      if (node instanceof Element && node.matches('.paper')) seen.travelled += 1;
    }));
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
  await playground.shows('A room is a list');
  await expect(playground.story).toContainText('“Tea is ready.” to the room “tea”. The server passed it on to 1 other,');
  expect(await page.evaluate(() => (window as unknown as { travelled: number }).travelled)).toBe(0);
});

test('each idea has a demonstration', async ({ workspace }) => {
  const page = await workspace.visitor(still);
  const playground = await Playground.open(page);
  const names = await page.locator('.idea h2').allInnerTexts();
  expect(names).toHaveLength(ideas.length);
  for (const name of names.filter((name) => !name.startsWith('Middleware'))) await playground.shows(name);
  await expect(playground.story).toContainText('“Hello, garden!” to the garden. The server passed it on to 1 there,');
  await expect(playground.story).toContainText('The 3 that waited go out, in order.');
});

test('the playground works with the keyboard alone', async ({ workspace, isMobile }) => {
  test.skip(isMobile, 'a phone has none');
  const page = await workspace.visitor(still);
  const playground = await Playground.open(page);
  const tabTo = async (what: string) => {
    for (let turn = 0; turn < 60; turn++) {
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const region = element?.closest('section.browser')?.getAttribute('aria-label') ?? '';
        return `${region}: ${element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''}`;
      });
      if (focused === what) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${what}`);
  };
  await tabTo('Browser 1: tea');
  await page.keyboard.press('Space');
  await expect(playground.story).toContainText('joined the room “tea”');
  await tabTo('Browser 2: Cut the line');
  await page.keyboard.press('Enter');
  await expect(playground.browser(2)).toContainText('No line');
  await tabTo('Browser 2: Message');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('I can wait.');
  await page.keyboard.press('Enter');
  await expect(playground.story).toContainText('“I can wait.” waits in the queue');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await expect(playground.browser(2).getByLabel('To')).toHaveValue('1');
  await page.keyboard.press('Shift+Tab');
  await tabTo('Browser 3: Garden');
  await page.keyboard.press('Enter');
  await playground.isLive(3);
  await tabTo(': Show me: An acknowledgement says: I have it');
  await page.keyboard.press('Enter');
  await expect(playground.story).toContainText('“Have you got this?” to everyone.');
  // The demonstration restored the cut line.
  await expect(playground.heard(3)).toContainText(['Have you got this?']);
});

test('the playground reconnects after a restart of the server', async ({ workspace }) => {
  const playground = await Playground.open(await workspace.visitor(still));
  await workspace.stop();
  await expect(playground.browser(2)).toContainText('Calling again…');
  await workspace.start();
  for (const number of [1, 2, 3]) await playground.isLive(number);
  await expect(playground.story).toContainText('To the server this is someone new:');
  await playground.says(2, 'There you are.');
  await expect(playground.heard(1)).toHaveText(['There you are.']);
});

test('a server without a lobby explains the ideas without a playground', async ({ browser }) => {
  const workspace = await Workspace.open(browser, 'empty', ['--lobby', 'off']);
  const page = await workspace.visitor(still);
  const scripts: string[] = [];
  page.on('request', (request) => request.url().includes('playground') && scripts.push(request.url()));
  await page.goto('/how-it-works');
  await expect(page.getByText('has switched the playground off')).toBeVisible();
  await expect(page.locator('.idea')).toHaveCount(ideas.length);
  await expect(page.getByText('Try it:')).toHaveCount(0);
  await expect(page.getByRole('button')).toHaveCount(0);
  await axeFindsNothing(page);
  expect(scripts).toEqual([]);
  await workspace.close();
});

test('axe finds no violations, light and dark, after many steps', async ({ workspace }) => {
  const page = await workspace.visitor(still);
  const playground = await Playground.open(page);
  await axeFindsNothing(page);
  await playground.joins(1, 'tea');
  await playground.says(1, 'Tea?', 'The room “tea”');
  await playground.says(2, '');
  await playground.cuts(3);
  await playground.says(3, 'I wait.');
  await axeFindsNothing(page);
});

test('the page fits 320 pixels', async ({ workspace }) => {
  const page = await workspace.visitor(still);
  await page.setViewportSize({ width: 320, height: 640 });
  const playground = await Playground.open(page);
  await playground.says(1, 'A-word-that-is-longer-than-any-line-of-a-screen-of-320-pixels'.repeat(3));
  await expect(playground.heard(1)).toHaveCount(1);
  expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(320);
});

test('on a laptop no elements overlap, even when the page is full', async ({ workspace, isMobile }) => {
  test.skip(isMobile, 'a phone is no laptop');
  const page = await workspace.visitor(still);
  await page.setViewportSize({ width: 1280, height: 720 });
  const playground = await Playground.open(page);
  for (const text of ['One.', 'Two.', 'Three.', 'Four.']) await playground.says(2, text);
  await playground.cuts(2);
  for (const text of ['Five.', 'Six.', 'Seven is a little longer than the others.']) await playground.says(2, text);
  for (const number of [1, 2, 3]) {
    const buttons = playground.browser(number).getByRole('button').and(page.locator(':enabled'));
    for (const button of await buttons.all()) {
      await button.click({ trial: true });
      await expect(button).toBeInViewport({ ratio: 1 });
    }
  }
});

/** The requests of a page from now on. */
function loaded(page: Page): string[] {
  const urls: string[] = [];
  page.on('request', (request) => urls.push(new URL(request.url()).pathname));
  return urls;
}

test('the two clients do not load each other', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const ofRoom = loaded(ada.page);
  await ada.reloads();
  expect(ofRoom.filter((path) => /playground|how-it-works/.test(path))).toEqual([]);

  const page = await workspace.visitor(still);
  const ofPage = loaded(page);
  await Playground.open(page);
  expect(ofPage.filter((path) => /hubbub\.(js|wasm)|split_parts/.test(path))).toEqual([]);
});

test('the sheet of shortcuts leads to the page', async ({ workspace, isMobile }) => {
  test.skip(isMobile, 'a phone has no keys to list');
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.page.getByRole('button', { name: 'Pinned messages' }).focus();
  await ada.page.keyboard.press('?');
  await ada.page.getByRole('dialog').getByRole('link', { name: 'How it works' }).click();
  await expect(ada.page.getByRole('heading', { level: 1 })).toHaveText('What happens when you say hello');
});
