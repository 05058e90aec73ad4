import { io } from 'socket.io-client';
import { Console } from '../support/console.ts';
import { Playground } from '../support/playground.ts';
import { expect, test } from '../support/test.ts';

test('the console shows the state of the server, connects and disconnects with their reasons', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const console = await Console.open(ada);
  const figure = (name: string) => ada.page.locator('.figure').filter({ has: ada.page.getByRole('heading', { name, exact: true }) });
  await expect(figure('People').locator('.figure-value')).toHaveText('1');
  await expect(figure('Memory').locator('.figure-value')).toHaveText(/^\d+ MB$/);
  await expect(figure('Uptime')).toContainText(/\d+ s/);
  await expect(figure('Connections').getByRole('img')).toHaveAccessibleName(/^Connections in the last minute: between \d+ and \d+$/);

  const grace = await workspace.signUp('Grace Hopper');
  await expect(console.item('Connections', 'Grace Hopper connected to /chat').first()).toBeVisible();
  await expect(figure('People').locator('.figure-value')).toHaveText('2');
  await grace.sends('Hello.');
  await expect(console.item('Commands by name', 'message:post')).toBeVisible();
  await expect(console.item('Events by name', 'message:posted')).toBeVisible();
  await grace.page.close();
  await expect(console.item('Connections', 'Grace Hopper disconnected from /chat: closed by the client').first()).toBeVisible();
});

test('figures that change every second do not shift the layout', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await Console.open(ada);
  const ticks = ada.page.locator('.figure-value').last();
  const places = () => ada.page.locator('.figure, .console-card').evaluateAll((cards) => cards.map((card) => JSON.stringify(card.getBoundingClientRect())));
  await expect(ticks).toHaveText(/ s$/);
  const before = await places();
  const uptime = await ticks.textContent();
  await workspace.signUp('Grace Hopper');
  await expect(ticks).not.toHaveText(uptime!);
  await expect(ada.page.getByRole('list', { name: 'Connections' })).toContainText('Grace Hopper');
  expect(await places()).toEqual(before);
});

test('a closed connection reconnects, and a person’s sessions can all be ended', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const console = await Console.open(ada, 'connections');
  await console.looksFor('grace');
  await expect(console.items('Connections')).toHaveCount(1);
  const row = console.item('Connections', 'Grace Hopper');
  await row.locator('summary').click();
  await expect(row).toContainText('WebSocket');
  await expect(row).toContainText('Public id');
  const id = await row.locator('dd').first().textContent();
  // Open items stay open while the list reloads.
  await ada.page.getByRole('button', { name: 'Refresh' }).click();
  await expect(row).toContainText(id!);

  await console.does(row, 'Disconnect');
  await expect(row).not.toContainText(id!);
  await grace.isLive();
  await grace.sends('I am back.');
  await grace.sees('I am back.');

  await expect(row).toHaveCount(1);
  await row.locator('summary').click();
  await console.does(row, 'Sign out everywhere');
  await grace.isTold('Your session has ended.');
  await console.goesTo('Audit log');
  await expect(console.item('Acts', 'Disconnected')).toContainText('Grace Hopper');
  await expect(console.item('Acts', 'Signed out')).toContainText('Grace Hopper (@grace.hopper)');
});

test('a refused connection appears in the door log at once with its remedy', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const console = await Console.open(ada, 'door');
  await expect(ada.page.getByText('No refusals since the server started')).toBeVisible();
  for (let times = 0; times < 3; times++) {
    const socket = io(`${workspace.address}/admin`, { transports: ['websocket'], forceNew: true, reconnection: false });
    await new Promise((resolve) => socket.once('connect_error', resolve));
    socket.disconnect();
  }
  const entry = console.item('Refusals', '/admin connection');
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText('session');
  await expect(entry).toContainText('You are not signed in.');
  await expect(entry).toContainText('They have to sign in');
  await expect(entry).toContainText('3 times');
  await console.looksFor('origin');
  await expect(ada.page.getByText('No results.')).toBeVisible();
  await console.looksFor('not_signed');
  await expect(entry).toBeVisible();
  await console.goesTo('Overview');
  await expect(console.item('Refused', 'You are not signed in.')).toBeVisible();
});

test('sections have addresses, and back moves between them', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.showsRooms();
  await ada.sidebar.locator('summary').click();
  await ada.sidebar.getByRole('link', { name: 'Console' }).click();
  await expect(ada.page).toHaveURL(/\/admin$/);
  await expect(ada.page.getByRole('heading', { level: 1, name: 'Console' })).toBeVisible();
  const console = await Console.open(ada);
  await console.goesTo('People');
  await expect(ada.page).toHaveURL(/\/admin\/people$/);
  await console.goesTo('Bans');
  await ada.page.goBack();
  await expect(console.items('People')).toContainText(['Ada Lovelace']);
  await ada.page.goForward();
  await expect(ada.page.getByText('No one is banned.')).toBeVisible();
  await console.isLive();
});

test('members read that the console is for admins', async ({ workspace }) => {
  await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  workspace.complaints.expect(/403/);
  await expect(grace.sidebar.getByRole('link', { name: 'Console', includeHidden: true })).toHaveCount(0);
  await grace.goesTo('/admin');
  await expect(grace.page.getByText('Only owners and admins of this workspace can see the console.')).toBeVisible();
  await grace.page.getByRole('link', { name: 'Go to the rooms' }).click();
  await expect(grace.page.getByRole('heading', { name: 'All rooms' })).toBeVisible();
});

test('a new admin enters the console and leaves it when the role ends', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  workspace.complaints.expect(/403/);
  await grace.goesTo('/admin/people');
  await expect(grace.page.getByText('Only owners and admins')).toBeVisible();
  const console = await Console.open(ada);
  await console.makes('Grace Hopper', 'Admin');
  const graces = grace.page.locator('.console-status');
  await expect(graces).toHaveText('Live');
  // She ranks above members only: Ada’s and her own entry offer nothing that she may not do.
  await expect(grace.page.getByRole('list', { name: 'People' })).toContainText('Ada Lovelace');
  await expect(grace.page.getByRole('combobox')).toHaveCount(0);
  await expect(grace.page.getByRole('button', { name: 'Ban' })).toHaveCount(0);

  await console.makes('Grace Hopper', 'Member');
  await expect(grace.page.getByText('Only owners and admins')).toBeVisible({ timeout: 1_500 });
  await expect(graces).toHaveCount(0);
  await grace.isLive();
});

test('an announcement reaches everyone or the members of a room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const alan = await workspace.signUp('Alan Turing');
  await grace.createRoom('engines');
  const console = await Console.open(ada, 'announce');
  await ada.page.getByLabel('Text').fill('Tea at four.');
  await ada.page.getByRole('button', { name: 'Announce' }).click();
  await grace.isTold('Ada Lovelace: Tea at four.');
  await alan.isTold('Ada Lovelace: Tea at four.');
  await ada.isTold('Ada Lovelace: Tea at four.');
  await expect(ada.page.getByText(/^Announced\. \d connections received it\.$/)).toBeVisible();

  for (const person of [grace, alan]) await person.page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  await ada.page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  await ada.page.getByLabel('The members of a room').check();
  await ada.page.getByLabel('Text').fill('The engine is warm.');
  await ada.page.getByRole('button', { name: 'Announce' }).click();
  await ada.isTold('Choose a room.');
  await ada.page.getByRole('combobox', { name: 'Room' }).selectOption('#engines');
  await ada.page.getByRole('button', { name: 'Announce' }).click();
  await grace.isTold('Ada Lovelace: The engine is warm.');
  await expect(ada.page.getByText('Announced. 1 connection received it.')).toBeVisible();
  await expect(alan.page.getByRole('alert')).toHaveCount(0);
  await console.goesTo('Audit log');
  await expect(console.item('Acts', '#engines')).toContainText('The engine is warm.');
});

test('an announcement reaches everyone in a namespace', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const playground = await Playground.open(await workspace.visitor({ reducedMotion: 'reduce' }));
  await Console.open(ada, 'announce');
  const announces = async (namespace: string, text: string) => {
    await ada.page.getByLabel('A namespace').check();
    await ada.page.getByRole('combobox', { name: 'Namespace' }).selectOption(namespace);
    await ada.page.getByLabel('Text').fill(text);
    await ada.page.getByRole('button', { name: 'Announce' }).click();
  };
  await announces('/lobby', 'Welcome, everybody.');
  await expect(playground.story).toContainText('heard an announcement of an admin of this server: “Welcome, everybody.”');
  await announces('/admin', 'The disk is full.');
  await ada.isTold('Ada Lovelace: The disk is full.');
});

test('every room can be found among more rooms than a page holds', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const program = await workspace.programOf(ada);
  for (let number = 1; number <= 51; number++) await program.asks('room:create', { name: `engine ${number}`, kind: 'public' });
  const console = await Console.open(ada, 'rooms');
  await expect(console.items('Rooms by activity')).toHaveCount(50);
  await ada.page.getByRole('button', { name: 'Next' }).click();
  await expect(console.item('Rooms by activity', '#general')).toBeVisible();
  await console.looksFor('#Engine 5');
  await expect(console.items('Rooms by activity').locator('.row-main')).toHaveText(['#engine 51', '#engine 50', '#engine 5']);

  await console.goesTo('Announce');
  await ada.page.getByLabel('The members of a room').check();
  const choice = ada.page.getByRole('combobox', { name: 'Room' });
  await expect(choice.locator('option', { hasText: '#general' })).toHaveCount(0);
  await console.looksFor('gener');
  await choice.selectOption('#general');
  await ada.page.getByLabel('Text').fill('Tea at four.');
  // The choice stays, and searching for a room does not submit the form.
  await console.looksFor('nothing like it');
  await ada.page.getByRole('main').getByRole('searchbox').press('Enter');
  await expect(choice.locator('option')).toHaveText(['Choose a room', '#general']);
  await expect(choice.locator('option:checked')).toHaveText('#general');
  await expect(ada.page.getByText(/^Told\./)).toHaveCount(0);
  await ada.page.getByRole('button', { name: 'Announce' }).click();
  await grace.isTold('Ada Lovelace: Tea at four.');
});

test('a program gets a token that is shown once, and the token can be revoked', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const console = await Console.open(ada, 'programs');
  await ada.page.getByRole('button', { name: 'Create a token' }).click();
  await console.dialog.getByLabel('Name').fill('Deploys');
  await console.dialog.getByRole('button', { name: 'Create the token' }).click();
  const token = await console.dialog.getByLabel('Token').inputValue();
  expect(token).toMatch(/^hubbub_bot_/);
  await console.dialog.getByRole('button', { name: 'Done' }).click();
  await expect(ada.page.getByText(token)).toHaveCount(0);

  const socket = io(`${workspace.address}/bot`, { transports: ['websocket'], auth: { token }, forceNew: true, reconnection: false });
  await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  await console.does(console.item('Programs', 'Deploys'), 'Revoke');
  await gone;
  await expect(ada.page.getByText('No programs yet. Each program gets its own token.')).toBeVisible();
});

test('a room keeps its messages for its retention period', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const console = await Console.open(ada, 'rooms');
  const general = console.item('Rooms by activity', '#general');
  await general.getByRole('button', { name: 'Keeps messages' }).click();
  await console.dialog.getByLabel('Days').fill('90');
  await console.confirms('Save');
  await expect(general.getByRole('button', { name: 'Keeps 90 days' })).toBeVisible();
});

test('the console reconnects when the server returns', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const console = await Console.open(ada, 'people');
  await workspace.kill();
  await expect(ada.page.locator('.console-status')).toHaveText('Reconnecting…');
  await workspace.start();
  await console.isLive();
  await expect(console.items('People')).toHaveCount(1);
});
