import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';
import type { Workspace } from '../support/workspace.ts';

const COUNT = 130;
const texts = Array.from({ length: COUNT }, (_, number) => `Note ${number + 1}${' and its long explanation'.repeat(number % 7)}.`);

/** Grace in a room with more messages by Ada than a page holds. */
async function readerOfALongRoom(workspace: Workspace): Promise<{ ada: Person; grace: Person }> {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const program = await workspace.programOf(ada);
  await program.posts(ada.roomId, texts);
  await grace.reloads();
  await grace.sees(texts[COUNT - 1]!);
  return { ada, grace };
}

test('scrolling up loads earlier messages without moving the visible ones', async ({ workspace }) => {
  const { grace } = await readerOfALongRoom(workspace);
  const beginning = grace.page.getByText('This is where general begins.');
  await expect(beginning).toHaveCount(0);
  expect(await grace.messages.count()).toBeLessThan(COUNT);

  for (let loaded = await grace.messages.count(); loaded < COUNT; loaded = await grace.messages.count()) {
    const { before, after } = await grace.scrollsUpToEarlierMessages();
    expect(Math.abs(after - before), `pixels moved with ${loaded} messages loaded`).toBeLessThanOrEqual(2);
  }

  await expect(grace.messages.locator('.message-text')).toHaveText(texts);
  await expect(beginning).toBeAttached();
});

test('a button leads back to the newest messages', async ({ workspace }) => {
  const { ada, grace } = await readerOfALongRoom(workspace);
  const newest = grace.message(texts[COUNT - 1]!);
  await expect(newest).toBeInViewport({ ratio: 1 });
  await grace.scrollsUpToEarlierMessages();
  await expect(newest).not.toBeInViewport();

  await grace.page.getByRole('button', { name: 'Newest messages' }).click();
  await expect(newest).toBeInViewport({ ratio: 1 });
  await expect(grace.page.getByRole('button', { name: 'Newest messages' })).toHaveCount(0);
  await ada.sends('One more.');
  await expect(grace.message('One more.')).toBeInViewport({ ratio: 1 });
});

test('new messages do not move the visible ones further up, and are counted', async ({ workspace }) => {
  const { ada, grace } = await readerOfALongRoom(workspace);
  await grace.scrollsUpToEarlierMessages();
  const read = grace.firstInView();
  const note = await read.textContent();
  const before = (await read.boundingBox())!.y;

  await ada.sends('News of the day.');
  await expect(grace.page.getByRole('button', { name: '1 new message' })).toBeVisible();
  await ada.sends('And more.');
  await expect(grace.page.getByRole('button', { name: '2 new messages' })).toBeVisible();
  expect(await read.textContent()).toBe(note);
  expect(Math.abs((await read.boundingBox())!.y - before), 'pixels moved').toBeLessThanOrEqual(2);

  await grace.page.getByRole('button', { name: '2 new messages' }).click();
  await expect(grace.message('And more.')).toBeInViewport({ ratio: 1 });
});

test('a room opens at its newest message', async ({ workspace }) => {
  const { grace } = await readerOfALongRoom(workspace);
  await expect(grace.message(texts[COUNT - 1]!)).toBeInViewport({ ratio: 1 });
  await grace.createRoom('engines');
  await grace.opens('general');
  await expect(grace.message(texts[COUNT - 1]!)).toBeInViewport({ ratio: 1 });
});
