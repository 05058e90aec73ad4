import { Console } from '../support/console.ts';
import type { Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';

/** Reports a message. */
async function reports(person: Person, text: string, reason: string): Promise<void> {
  await person.pointsAt(text);
  await person.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Report' }).click();
  const dialog = person.page.getByRole('dialog', { name: 'Report this message' });
  await dialog.getByLabel('What is wrong with it?').fill(reason);
  await dialog.getByRole('button', { name: 'Report', exact: true }).click();
  await expect(dialog.getByText('Reported.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
}

test('a reported message is reviewed and removed', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const alan = await workspace.signUp('Alan Turing');
  await grace.opens('general');
  await grace.sends('Buy my engine!');
  await grace.sends('It is quite good.');
  await alan.opens('general');
  await alan.sees('Buy my engine!');
  await reports(alan, 'Buy my engine!', 'This is spam.');
  await reports(alan, 'It is quite good.', 'So is this.');

  const console = await Console.open(ada, 'reports');
  const tab = ada.page.getByRole('navigation', { name: 'Sections of the console' }).getByRole('link', { name: 'Reports', exact: true });
  await expect(tab).toHaveText('Reports2');
  const report = console.item('Reports', 'Buy my engine!');
  await expect(report).toContainText('Grace Hopper');
  await expect(report).toContainText('Alan Turing reports: This is spam.');
  await console.does(report, 'Remove message');
  await expect(report).toHaveCount(0);
  await expect(grace.message('Buy my engine!')).toHaveCount(0);
  await expect(alan.message('Buy my engine!')).toHaveCount(0);

  const other = console.item('Reports', 'It is quite good.');
  await other.getByRole('link', { name: 'Go to the message' }).click();
  await ada.sees('It is quite good.');
  await ada.page.goBack();
  await console.isLive();
  await other.getByRole('button', { name: 'Keep' }).click();
  await expect(ada.page.getByText('No reports.')).toBeVisible();
  await grace.sees('It is quite good.');
  await expect(tab).toHaveText('Reports');
  // A report that arrives meanwhile appears by itself.
  await reports(alan, 'It is quite good.', 'It is not.');
  await expect(other).toContainText('Alan Turing reports: It is not.');
  await other.getByRole('button', { name: 'Keep' }).click();
  await console.goesTo('Audit log');
  await expect(console.items('Acts')).toHaveCount(3);
  await console.looksFor('was removed');
  await expect(console.items('Acts')).toHaveCount(1);
  await expect(console.items('Acts')).toContainText('Grace Hopper (@grace.hopper)');
});

test('a room owner deletes messages of others, and the audit log records it', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  for (const person of [ada, grace]) await person.opens('general');
  await ada.sends('Rule one: no engines for sale.');
  await grace.sends('Buy my engine!');
  const toolbar = (person: Person) => person.page.getByRole('toolbar', { name: 'Message actions' });
  await grace.pointsAt('Rule one: no engines for sale.');
  await expect(toolbar(grace).getByRole('button', { name: 'Report' })).toBeVisible();
  await expect(toolbar(grace).getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await ada.pointsAt('Buy my engine!');
  await expect(toolbar(ada).getByRole('button', { name: 'Edit' })).toHaveCount(0);
  await toolbar(ada).getByRole('button', { name: 'Delete' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Delete this message?' });
  await expect(dialog).toContainText('Buy my engine!');
  await expect(dialog).toContainText('the audit log records');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(grace.message('This message was deleted.')).toBeVisible();
  await expect(grace.message('Buy my engine!')).toHaveCount(0);
  const console = await Console.open(ada, 'audit');
  await expect(console.items('Acts')).toContainText(['Message deleted']);
  await expect(console.items('Acts')).toContainText('Grace Hopper (@grace.hopper)');
  await expect(console.items('Acts')).toContainText('a message in #general');
});

test('own messages cannot be reported', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.opens('general');
  await ada.sends('Mine.');
  await ada.pointsAt('Mine.');
  const toolbar = ada.page.getByRole('toolbar', { name: 'Message actions' });
  await expect(toolbar.getByRole('button', { name: 'Delete' })).toBeVisible();
  await expect(toolbar.getByRole('button', { name: 'Report' })).toHaveCount(0);
});

test('a ban ends the session within a second, and can be lifted', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const console = await Console.open(ada, 'people');
  const row = console.item('People', 'Grace Hopper');
  await row.getByRole('button', { name: 'Ban', exact: true }).click();
  await console.dialog.getByLabel('Reason').fill('Sells engines.');
  await console.dialog.getByLabel('Duration').selectOption('A week');
  await console.dialog.getByRole('button', { name: 'Ban', exact: true }).click();
  await expect(grace.page.getByRole('alert').filter({ hasText: 'You are banned here.' })).toBeVisible({ timeout: 1_500 });
  await expect(row).toContainText('Banned');

  await grace.page.goto('/sign-in');
  await grace.signsIn();
  await grace.isTold('You are banned here. Ask an admin of this workspace.');
  await console.goesTo('Bans');
  const ban = console.item('Bans', 'Grace Hopper');
  await expect(ban).toContainText('Sells engines.');
  await expect(ban).toContainText(/Until \d{4}-\d\d-\d\d/);
  await console.does(ban, 'Lift', 'Lift the ban');
  await expect(ada.page.getByText('No one is banned.')).toBeVisible();
  await grace.signsIn();
  await grace.isLive();
});

test('a disabled account cannot be used until it is enabled', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const console = await Console.open(ada, 'people');
  const row = console.item('People', 'Grace Hopper');
  await console.does(row, 'Switch off');
  await grace.isTold('This account is switched off.');
  await expect(row).toContainText('Switched off');
  await row.getByRole('button', { name: 'Switch on' }).click();
  await expect(row).not.toContainText('Switched off');
  await grace.page.goto('/sign-in');
  await grace.signsIn();
  await grace.isLive();
});

test('a refusal appears beside the action', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const console = await Console.open(ada, 'bans');
  await ada.page.getByRole('button', { name: 'Ban an address' }).click();
  await console.dialog.getByLabel('Address or range').fill('next door');
  await console.dialog.getByLabel('Reason').fill('Floods.');
  await console.dialog.getByRole('button', { name: 'Ban', exact: true }).click();
  await expect(console.dialog.getByRole('alert')).toHaveText('This is not an address, or a range of addresses.');
  await console.dialog.getByLabel('Address or range').fill('127.0.0.0/8');
  await console.dialog.getByRole('button', { name: 'Ban', exact: true }).click();
  await expect(console.dialog.getByRole('alert')).toHaveText("You can't do this to yourself or to someone with the same role.");
  await console.dialog.getByLabel('Address or range').fill('203.0.113.0/24');
  await console.confirms('Ban');
  await expect(console.item('Bans', '203.0.113.0/24')).toContainText('Floods.');

  await console.goesTo('People');
  await ada.page.getByRole('combobox', { name: 'Role of Ada Lovelace' }).selectOption('Member');
  await console.dialog.getByRole('button', { name: 'Change the role' }).click();
  await expect(console.dialog.getByRole('alert')).toContainText('A workspace needs an owner.');
});
