import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';

const inspector = (person: Person) => person.page.getByRole('complementary', { name: 'Under the hood' });
const lines = (person: Person) => inspector(person).getByRole('listitem');
const line = (person: Person, words: string | RegExp) => lines(person).filter({ hasText: words });

/** Opens the panel: at the foot of the sidebar, or on a phone from the room's panel. */
async function opensInspector(person: Person): Promise<void> {
  if (person.isOnPhone) {
    await person.page.getByRole('heading', { level: 1 }).getByRole('button').click();
    await person.page.getByRole('dialog').getByRole('button', { name: 'Under the hood' }).click();
  } else {
    await person.sidebar.getByRole('button', { name: 'Under the hood' }).click();
  }
  // The content of the panel loads after it.
  await expect(inspector(person)).toContainText(/\d+ frames?: /);
}

async function filters(person: Person, name: string): Promise<void> {
  await inspector(person).getByRole('group', { name: 'Show' }).getByRole('button', { name }).click();
}

/** The parts of the first frame of a row, with their names. */
const parts = (of: Locator) => of.locator('.frame-wire').first().locator('.pieces > div');

test('the inspector shows a sent message as a sentence and as it is on the wire', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.opens('general');
  await opensInspector(ada);
  await ada.sends('Hello, Grace!');
  const posted = line(ada, /You said “Hello, Grace!” in #general\. Within .+ the server stored it as #\d+ and told 1 other person\./);
  await expect(posted).toHaveCount(1);
  await grace.sends('Hello, Ada!');
  await expect(line(ada, 'Grace Hopper said “Hello, Ada!” in #general.')).toHaveCount(1);

  const button = posted.getByRole('button');
  await expect(button).toHaveAttribute('aria-expanded', 'false');
  await button.click();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await expect(posted.getByRole('heading', { level: 2 })).toHaveText([/^From your browser/, /^From the server/, /^From the server/]);
  await expect(parts(posted).locator('strong')).toHaveText([
    'Engine.IO: message',
    'Socket.IO: event',
    'Namespace',
    'Number',
    'Name and payload',
  ]);
  await expect(parts(posted).locator('dt').nth(2)).toHaveText('/chat,');
  await expect(parts(posted).locator('pre')).toContainText('"text": "Hello, Grace!"');
  await button.click();
  await expect(posted.getByRole('heading')).toHaveCount(0);
});

test('the inspector can be filtered and paused', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.opens('general');
  await opensInspector(ada);
  await ada.composer.pressSequentially('Tea?');
  await ada.submits();
  await expect(line(ada, 'Your browser said that you are typing in #general.')).toHaveCount(1);
  await expect(line(ada, 'No one else in the room is online.')).toHaveCount(1);

  await filters(ada, 'Messages');
  await expect(line(ada, 'You said “Tea?”')).toHaveCount(1);
  await expect(line(ada, 'typing')).toHaveCount(0);
  await filters(ada, 'Presence');
  await expect(line(ada, 'You said “Tea?”')).toHaveCount(0);
  await expect(line(ada, 'typing in #general').first()).toBeVisible();
  await filters(ada, 'Errors');
  await expect(lines(ada)).toHaveCount(0);
  await filters(ada, 'All');
  await inspector(ada).getByRole('searchbox').fill('message:POST');
  await expect(lines(ada)).toHaveCount(1);
  await inspector(ada).getByRole('searchbox').fill('');

  const pause = inspector(ada).getByRole('button', { name: 'Pause' });
  await pause.click();
  await expect(pause).toHaveAttribute('aria-pressed', 'true');
  await ada.sends('Or coffee?');
  await expect(inspector(ada)).toContainText(/Paused: [1-9]\d* frames? waiting/);
  await expect(line(ada, 'Or coffee?')).toHaveCount(0);
  await pause.click();
  await expect(line(ada, 'You said “Or coffee?” in #general. Within')).toHaveCount(1);
});

test('a scrolled list keeps its position, and open rows stay open', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.opens('general');
  await opensInspector(ada);
  const program = await workspace.programOf(grace);
  // Several messages may come in one frame.
  const heard = async () => Number(/(\d+) frames?: /.exec((await inspector(ada).locator('.inspector-count').textContent()) ?? '')?.[1]);
  while ((await heard()) < 300) await program.posts(ada.roomId, Array.from({ length: 20 }, (_, number) => `Message ${number}.`));
  const pause = inspector(ada).getByRole('button', { name: 'Pause' });
  await pause.click();
  const scroller = inspector(ada).getByRole('region', { name: 'Frames' });
  const below = () => scroller.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
  await expect.poll(below).toBeLessThan(1);
  // Rows out of view are not rendered while the list follows the end.
  expect(await lines(ada).count()).toBeLessThan(120);

  const newest = inspector(ada).getByRole('button', { name: 'Newest' });
  const scrollsUp = async () => {
    await scroller.hover();
    await ada.page.mouse.wheel(0, -400);
    await expect.poll(() => lines(ada).count()).toBeGreaterThan(120);
  };
  await scrollsUp();
  // New rows have moved nothing.
  await expect.poll(below).toBe(400);
  await newest.click();
  await expect.poll(() => lines(ada).count()).toBeLessThan(120);
  await expect.poll(below).toBeLessThan(1);

  await scrollsUp();
  const first = lines(ada).first();
  await first.getByRole('button').click();
  await expect(first.locator('.frame-wire').first()).toBeVisible();
  await newest.click();
  await expect(newest).toHaveCount(0);
  await pause.click();
  await program.posts(ada.roomId, ['The end.']);
  await expect(line(ada, 'The end.').first()).toBeAttached();
  await expect(first.locator('.frame-wire').first()).toBeAttached();
});

test('the saved list has its secrets masked', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.opens('general');
  const network = await ada.line();
  await opensInspector(ada);
  workspace.complaints.expectAway();
  await network.cut();
  await expect(line(ada, 'The connection closed').first()).toBeVisible();
  await filters(ada, 'Errors');
  await expect(line(ada, /There is no connection\. Attempt \d+ to reconnect follows/).first()).toBeVisible();
  await filters(ada, 'All');
  network.mend();
  await expect(line(ada, 'The server let your browser into /chat.')).toHaveCount(1, { timeout: 20_000 });
  await expect(line(ada, 'The server answered. Every 25 s it will ask')).toHaveCount(1);
  await ada.sends('Back again');
  await expect(line(ada, 'You said “Back again”')).toHaveCount(1);

  const downloading = ada.page.waitForEvent('download');
  await inspector(ada).getByRole('button', { name: 'Save this list' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('hubbub-under-the-hood.json');
  const text = await readFile(await download.path(), 'utf8');
  const rows: { sentence: string; frames: { from: string; text: string; bytes: number }[] }[] = JSON.parse(text);
  const posted = rows.find(({ sentence }) => sentence.startsWith('You said “Back again” in #general.'));
  expect(posted?.frames[0]).toMatchObject({ from: 'browser', text: expect.stringContaining('"Back again"') });
  const open = rows.flatMap(({ frames }) => frames).find((frame) => frame.text.startsWith('0'));
  expect(open?.text).toContain('"sid":"•••"');
  expect(text).not.toContain(await ada.token());
  expect(text).not.toMatch(/sid\\":\\"[^•]/);
});

test('a closed panel stops listening', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.opens('general');
  await opensInspector(ada);
  await ada.sends('One');
  await expect(line(ada, 'You said “One”')).toHaveCount(1);
  await ada.closesPanel();
  await expect(inspector(ada)).toHaveCount(0);
  await ada.sends('Two');
  await ada.sees('Two');
  await opensInspector(ada);
  await ada.sends('Three');
  await expect(line(ada, 'You said “Three”')).toHaveCount(1);
  await expect(line(ada, /“One”|“Two”/)).toHaveCount(0);
});

test('arrow keys move through the list, and Escape leaves it', async ({ workspace }, { project }) => {
  test.skip(project.name === 'phone', 'only with a keyboard');
  const ada = await workspace.setUp('Ada Lovelace');
  await opensInspector(ada);
  await ada.sends('One');
  await ada.sends('Two');
  await expect(line(ada, 'You said “Two”')).toHaveCount(1);
  // More frames would move the end of the list.
  await inspector(ada).getByRole('button', { name: 'Pause' }).click();
  await lines(ada).first().getByRole('button').focus();
  await ada.page.keyboard.press('End');
  await expect(lines(ada).last().getByRole('button')).toBeFocused();
  await ada.page.keyboard.press('Home');
  await expect(lines(ada).first().getByRole('button')).toBeFocused();
  await ada.page.keyboard.press('Enter');
  await expect(lines(ada).first().getByRole('heading').first()).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await expect(inspector(ada)).toHaveCount(0);
  await expect(ada.sidebar.getByRole('button', { name: 'Under the hood' })).toBeFocused();
});
