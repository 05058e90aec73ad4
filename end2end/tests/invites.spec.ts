import type { Page } from '@playwright/test';
import { Console } from '../support/console.ts';
import { account, Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';

/** Fills in the form of an invitation without submitting it. */
async function fills(page: Page, link: string, name: string): Promise<void> {
  const { handle, password } = account(name);
  await page.goto(new URL(link).pathname + new URL(link).search);
  await expect(page.getByText('You are invited.')).toBeVisible();
  for (const [label, value] of Object.entries({ 'Your name': name, Handle: handle, Password: password })) await page.getByLabel(label).fill(value);
}

test.describe('with sign-up closed', () => {
  test.use({ flags: '--sign-up closed' });

  test('an invitation for one admits one of two simultaneous sign-ups', async ({ workspace }) => {
    const ada = await workspace.setUp('Ada Lovelace');
    const console = await Console.open(ada);
    const link = await console.invites();
    await expect(console.item('Invitations', 'Used 0 of 1 times')).toBeVisible();

    const names = ['Grace Hopper', 'Alan Turing'];
    const pages = await Promise.all(names.map(() => workspace.visitor()));
    await Promise.all(pages.map((page, place) => fills(page, link, names[place]!)));
    await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Create account' }).click()));
    const isIn = async (page: Page) => new URL(page.url()).pathname.startsWith('/rooms/');
    const isOut = (page: Page) => page.getByText('This invitation is not valid any more. Ask for a new one.').isVisible();
    await expect.poll(async () => (await Promise.all(pages.map(isIn))).filter(Boolean).length).toBe(1);
    await expect.poll(async () => (await Promise.all(pages.map(isOut))).filter(Boolean).length).toBe(1);

    // The link now shows the refusal before the form is filled in.
    const late = await workspace.visitor();
    await late.goto(new URL(link).pathname + new URL(link).search);
    await expect(late.getByText('This invitation is not valid any more.')).toBeVisible();
    await expect(late.getByRole('button', { name: 'Create account' })).toHaveCount(0);
    await console.goesTo('People');
    await expect(console.items('People')).toHaveCount(2);
  });

  test('a refused sign-up keeps the invitation', async ({ workspace }) => {
    const ada = await workspace.setUp('Ada Lovelace');
    const console = await Console.open(ada);
    const link = await console.invites();
    const page = await workspace.visitor();
    await fills(page, link, 'Ada Lovelace');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText('This handle is taken.')).toBeVisible();
    await page.getByLabel('Handle').fill('ada.king');
    await page.getByLabel('Password').fill('ada.king has a secret');
    await page.getByRole('button', { name: 'Create account' }).click();
    await new Person(account('Ada King'), page).isLive();
  });

  test('a revoked invitation admits no person', async ({ workspace }) => {
    const ada = await workspace.setUp('Ada Lovelace');
    const console = await Console.open(ada);
    const link = await console.invites({ uses: 5 });
    const page = await workspace.visitor();
    await fills(page, link, 'Grace Hopper');
    await console.does(console.item('Invitations', 'Used 0 of 5 times'), 'Revoke');
    await expect(ada.page.getByText('No open invitations.')).toBeVisible();
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText('This invitation is not valid any more.')).toBeVisible();
  });
});

test('a guest sees only the room of the invitation', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  await ada.createRoom('orbits');
  const console = await Console.open(ada);
  const link = await console.invites({ guestOf: 'engines' });
  const page = await workspace.visitor();
  await fills(page, link, 'Grace Hopper');
  await page.getByRole('button', { name: 'Create account' }).click();
  const grace = new Person(account('Grace Hopper'), page);
  await grace.isLive();
  await grace.isIn('engines');
  await grace.showsRooms();
  for (const other of ['general', 'orbits']) await expect(grace.row(other)).toHaveCount(0);
  // Actions that a guest may not take are absent.
  await expect(grace.sidebar.getByRole('button', { name: 'Start a direct conversation' })).toBeVisible();
  await expect(grace.page.getByRole('button', { name: /Create a room|Invite/ })).toHaveCount(0);
  await grace.browsesRooms();
  await expect(grace.page.getByRole('button', { name: 'Create a room' })).toHaveCount(0);
  await expect(grace.page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  await expect(grace.card('orbits')).toHaveCount(0);
});
