import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';
import type { Workspace } from '../support/workspace.ts';

const COUNT = 900;
const texts = Array.from({ length: COUNT }, (_, number) => `Note ${number + 1}${' and its explanation'.repeat(number % 5)}.`);
/** The most messages that are ever on the page. */
const MOST = 500;

/** The unread count in the sidebar; on a phone it is absent while a room is open. */
async function hasUnread(person: Person, count: number): Promise<void> {
  if (!person.isOnPhone) await person.hasUnread('general', count);
}

/** Grace in a room with 900 messages of Ada's. */
async function readerOfALongRoom(workspace: Workspace): Promise<{ ada: Person; grace: Person; room: string }> {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const program = await workspace.programOf(ada);
  const room = ada.roomId;
  await program.posts(room, texts);
  await grace.reloads();
  await grace.sees(texts[COUNT - 1]!);
  await hasUnread(grace, 0);
  return { ada, grace, room };
}

/** The seq of a note: two people have joined before it. */
const seqOf = (note: number) => note + 2;

test('a link to a message leads to it, highlighted, and on to the newest', async ({ workspace }) => {
  const { ada, grace, room } = await readerOfALongRoom(workspace);
  await grace.goesTo(`/rooms/${room}/${seqOf(100)}`);
  const linked = grace.message(texts[99]!);
  await expect(linked).toBeInViewport({ ratio: 1 });
  await expect(linked).toHaveAttribute('data-sought', 'true');
  await expect(grace.message(texts[COUNT - 1]!)).toHaveCount(0);

  await ada.sends('Posted meanwhile.');
  await hasUnread(grace, 1);
  await expect(grace.message('Posted meanwhile.')).toHaveCount(0);
  await grace.page.getByRole('button', { name: 'Newest messages' }).click();
  await expect(grace.message('Posted meanwhile.')).toBeInViewport({ ratio: 1 });
  await expect(grace.page.getByRole('button', { name: 'Newest messages' })).toHaveCount(0);
  expect(grace.address).toBe(`/rooms/${room}`);
  await ada.sends('And live again.');
  await expect(grace.message('And live again.')).toBeInViewport({ ratio: 1 });
});

test('paging far up and down shows every message once and keeps the page small', async ({ workspace }) => {
  test.slow();
  const { grace } = await readerOfALongRoom(workspace);
  await grace.watchesForDoubles();
  const seen = await grace.page.getByRole('region', { name: 'Messages', exact: true }).evaluate(async (scroller, last) => {
    const seqs = () => [...scroller.querySelectorAll<HTMLElement>('article[data-seq]')].map((row) => Number(row.dataset.seq));
    const frame = () => new Promise(requestAnimationFrame);
    const jumps: number[] = [];
    const visible = () => {
      const middle = scroller.getBoundingClientRect().top + scroller.clientHeight / 2;
      return [...scroller.querySelectorAll<HTMLElement>('article[data-seq]')].find((row) => row.getBoundingClientRect().bottom > middle)!;
    };
    const go = async (step: number, isThere: () => boolean) => {
      for (let turns = 0; !isThere(); turns++) {
        if (turns > 1000) throw new Error(`stuck at ${scroller.scrollTop}, with ${seqs()[0]} to ${seqs().at(-1)}`);
        scroller.scrollBy(0, step);
        const row = visible().dataset.seq;
        const before = visible().getBoundingClientRect().top;
        await frame();
        await frame();
        const after = scroller.querySelector(`article[data-seq="${row}"]`)?.getBoundingClientRect().top ?? Infinity;
        if (Math.abs(after - before) > 3) jumps.push(after - before);
      }
    };
    await go(-600, () => seqs()[0] === 3 && scroller.querySelector('.beginning') !== null);
    const top = seqs()[0]!;
    // The end of a scroller may lie between two pixels.
    await go(600, () => seqs().at(-1) === last && scroller.scrollTop > -2);
    return { top, bottom: seqs().at(-1)!, jumps };
  }, seqOf(COUNT));
  expect(seen).toEqual({ top: 3, bottom: seqOf(COUNT), jumps: [] });
  expect(await grace.mostMessagesSeen()).toBeLessThanOrEqual(MOST);
});

test('sending from far up shows the new message', async ({ workspace }) => {
  const { ada, grace, room } = await readerOfALongRoom(workspace);
  await grace.goesTo(`/rooms/${room}/${seqOf(50)}`);
  await expect(grace.message(texts[49]!)).toBeInViewport({ ratio: 1 });
  await grace.sends('An answer.');
  await expect(grace.message('An answer.')).toBeInViewport({ ratio: 1 });
  await ada.sees('An answer.');
});

test('the link to a message is in its details, and works for others', async ({ workspace }) => {
  const { ada, grace, room } = await readerOfALongRoom(workspace);
  await ada.reloads();
  await ada.message(texts[COUNT - 5]!).hover();
  await ada.message(texts[COUNT - 5]!).getByRole('button', { name: /:/ }).click();
  const link = await ada.page.getByRole('textbox', { name: 'Link to this message' }).inputValue();
  expect(new URL(link).pathname).toBe(`/rooms/${room}/${seqOf(COUNT - 4)}`);
  await grace.goesTo(new URL(link).pathname);
  await expect(grace.message(texts[COUNT - 5]!)).toHaveAttribute('data-sought', 'true');
});

test('a day leads to its first message', async ({ workspace }) => {
  const { grace, room } = await readerOfALongRoom(workspace);
  await grace.goesTo(`/rooms/${room}/${seqOf(400)}`);
  await grace.page.getByRole('heading', { name: 'Today' }).getByRole('button').first().click();
  const dialog = grace.page.getByRole('dialog', { name: 'Go to a day' });
  await dialog.getByLabel('Day').fill('2020-02-29');
  await dialog.getByRole('button', { name: 'Go there' }).click();
  await expect(grace.message(texts[0]!)).toBeInViewport({ ratio: 1 });
  expect(grace.address).toBe(`/rooms/${room}/3`);
});
