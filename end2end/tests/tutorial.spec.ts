/** Code from Socket.IO's tutorial works against the lobby. */

import { io, type Socket } from 'socket.io-client';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { FirstChat } from '../support/tutorial.ts';
import { Workspace } from '../support/workspace.ts';

const says = async (page: Page, text: string) => {
  await page.getByLabel('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
};
const heard = (page: Page) => page.getByRole('listitem');

test('two browsers with a page as in the tutorial see each other’s messages', async ({ browser }) => {
  const site = await FirstChat.open();
  const workspace = await Workspace.open(browser, 'empty', ['--allow-origin', site.origin]);
  site.leadsTo(workspace.address);
  const [ada, grace] = [await workspace.visitor(), await workspace.visitor()];
  for (const page of [ada, grace]) await page.goto(site.origin);
  // Does not wait for the connection: the client buffers earlier events.
  await says(grace, 'Hello, Ada!');
  await expect(heard(grace)).toHaveText(['Hello, Ada!']);
  await says(ada, 'Hello, Grace! <b>How</b> are you?');
  await expect(heard(grace)).toHaveText(['Hello, Ada!', 'Hello, Grace! <b>How</b> are you?']);
  await expect(heard(ada).last()).toHaveText('Hello, Grace! <b>How</b> are you?');
  await workspace.close();
  site.close();
});

/** Connects to the lobby like a program, and collects the events it receives. */
function program(address: string, transports: string[]): { socket: Socket; heard: unknown[] } {
  const socket = io(`${address}/lobby`, { transports, forceNew: true });
  const heard: unknown[] = [];
  socket.on('chat message', (text) => heard.push(text));
  return { socket, heard };
}

for (const transports of [['websocket'], ['polling', 'websocket'], ['polling']]) {
  test(`the tutorial’s events work over ${transports.join(', then ')}`, async ({ workspace }) => {
    const ada = program(workspace.address, transports);
    ada.socket.emit('chat message', 'Before there is a connection.');
    await expect.poll(() => ada.heard).toEqual(['Before there is a connection.']);

    const grace = program(workspace.address, transports);
    await expect.poll(() => grace.socket.connected).toBe(true);
    // The later steps add an id and expect an acknowledgement.
    const answered = new Promise((resolve) => grace.socket.emit('chat message', 'With an answer.', `${grace.socket.id}-0`, resolve));
    expect(await answered).toEqual({ ok: { told: 2 } });
    await expect.poll(() => ada.heard.at(-1)).toBe('With an answer.');
    for (const { socket } of [ada, grace]) socket.disconnect();
  });
}

test('a client that resends until it is answered gets an answer', async ({ workspace }) => {
  const socket = io(`${workspace.address}/lobby`, { auth: { serverOffset: 0 }, ackTimeout: 10_000, retries: 3, forceNew: true });
  const heard: string[] = [];
  socket.on('chat message', (text: string) => heard.push(text));
  const answered = new Promise((resolve) => socket.emit('chat message', 'Once.', 'an-id-1', (error: unknown) => resolve(error)));
  expect(await answered).toBe(null);
  await expect.poll(() => heard).toEqual(['Once.']);
  socket.disconnect();
});

test('a server without a lobby refuses a client with the reason', async ({ browser }) => {
  const workspace = await Workspace.open(browser, 'empty', ['--lobby', 'off']);
  const socket = io(`${workspace.address}/lobby`, { forceNew: true });
  const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
  expect(JSON.parse(error.message)).toEqual({ code: 'unknown_namespace', message: 'The lobby is switched off on this server.' });
  expect(socket.active, 'the official client does not try again by itself').toBe(false);
  await workspace.close();
});
