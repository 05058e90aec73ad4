/** Third-party clients: the official JavaScript client and python-socketio talk to the server. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, writeFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import { expect, test } from '../support/test.ts';

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Connects; the promise rejects with the content of CONNECT_ERROR. */
function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
}

for (const transports of [['websocket'], ['polling', 'websocket'], ['polling']]) {
  test(`the official JavaScript client chats over ${transports.join(', then ')}`, async ({ workspace }) => {
    const ada = await workspace.setUp('Ada Lovelace');
    const socket = io(`${workspace.address}/chat`, { transports, auth: { token: await ada.token() }, forceNew: true });
    await connected(socket);
    const upgraded = transports.at(-1);
    await expect.poll(() => socket.io.engine.transport.name).toBe(upgraded);

    const heard: string[] = [];
    socket.on('message:posted', ({ text }: { text: string }) => heard.push(text));
    const id = randomUUID();
    const post = { id, room: ada.roomId, text: 'From a program.' };
    const answer = await socket.timeout(10_000).emitWithAck('message:post', post);
    expect(await socket.timeout(10_000).emitWithAck('message:post', post), 'sent again').toEqual(answer);
    await ada.sees('From a program.');
    await ada.sends('To a program.');
    await expect.poll(() => heard).toEqual(['From a program.', 'To a program.']);

    const refused = await socket.timeout(10_000).emitWithAck('message:post', { ...post, id: randomUUID(), text: ' ' });
    expect(refused.refusal.code).toBe('empty_text');
    const unknown = await socket.timeout(10_000).emitWithAck('no:command', {});
    expect(unknown.refusal.code).toBe('unknown_command');
    socket.disconnect();
  });
}

test('a program without a session is refused with a code and a sentence', async ({ workspace }) => {
  await workspace.setUp('Ada Lovelace');
  const socket = io(`${workspace.address}/chat`, { transports: ['websocket'], auth: { token: 'none' }, forceNew: true });
  const error = await connected(socket).catch((error: Error) => error);
  expect(JSON.parse((error as Error).message)).toMatchObject({ code: 'session_expired' });
  expect(socket.active, 'the official client does not try again by itself').toBe(false);
  const nowhere = io(`${workspace.address}/nowhere`, { transports: ['websocket'], forceNew: true });
  const unknown = await connected(nowhere).catch((error: Error) => error);
  expect(JSON.parse((unknown as Error).message)).toMatchObject({ code: 'unknown_namespace' });
  nowhere.disconnect();
});

test('namespaces share a connection and none receives events of another', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const token = await ada.token();
  const [chat, admin, lobby] = ['/chat', '/admin', '/lobby'].map((namespace) =>
    io(`${workspace.address}${namespace}`, { transports: ['websocket'], auth: { token } }),
  );
  if (!chat || !admin || !lobby) throw new Error('there are three');
  await Promise.all([chat, admin, lobby].map(connected));
  expect(chat.io, 'the client has one connection for all').toBe(admin.io);
  const { ok } = await admin.timeout(10_000).emitWithAck('console:connections', { query: '/lobby' });
  expect(ok.connections).toHaveLength(1);
  expect(ok.connections[0].namespaces.sort()).toEqual(['/admin', '/chat', '/lobby']);

  const heard: Record<string, string[]> = { chat: [], admin: [], lobby: [] };
  for (const [name, socket] of Object.entries({ chat, admin, lobby })) socket.onAny((event: string) => heard[name]?.push(event));
  await chat.timeout(10_000).emitWithAck('message:post', { id: randomUUID(), room: ada.roomId, text: 'For members.' });
  await lobby.timeout(10_000).emitWithAck('chat message', 'For anybody.');
  await expect.poll(() => heard.chat).toContain('message:posted');
  await expect.poll(() => heard.lobby).toContain('chat message');
  expect(heard.lobby).not.toContain('message:posted');
  expect(heard.chat).not.toContain('chat message');
  expect(heard.admin?.filter((event) => event !== 'console:tick')).toEqual([]);
  // Leaving a namespace does not affect the others.
  admin.disconnect();
  const answer = await chat.timeout(10_000).emitWithAck('room:list', {});
  expect(answer.ok).toHaveLength(1);
  for (const socket of [chat, lobby]) socket.disconnect();
});

test('a program reconnects by itself after a restart and catches up', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const socket = io(`${workspace.address}/chat`, {
    transports: ['websocket'], auth: { token: await ada.token() }, forceNew: true, reconnectionDelayMax: 500,
  });
  await connected(socket);
  await ada.sends('Before.');
  await ada.sees('Before.');
  const again = new Promise<void>((resolve) => socket.io.once('reconnect', () => resolve()));
  await workspace.stop();
  await workspace.start();
  await again;
  await ada.isLive();
  await ada.sends('After.');
  await ada.sees('After.');
  const { ok } = await socket.timeout(10_000).emitWithAck('room:catchup', { room: ada.roomId, after: 0 });
  const texts = ok.events.events.map((event: { payload: { text?: string } }) => event.payload.text);
  expect(texts.filter(Boolean)).toEqual(['Before.', 'After.']);
  socket.disconnect();
});

test('the program in the documentation runs unchanged', async ({ workspace }) => {
  const grace = await workspace.setUp('Grace Hopper');
  const text = await readFile(here('../../docs/protocol.md'), 'utf8');
  const program = /```js\n(import \{ io \}[\s\S]*?)```/.exec(text)?.[1] ?? '';
  expect(program).toContain('message:post');
  const file = here(`../hello-${randomUUID()}.mjs`);
  const ends = 'setTimeout(() => process.exit(0), 500);';
  const adapted = program.replace('http://127.0.0.1:3000', workspace.address).replace('"grace"', `"${grace.handle}"`);
  await writeFile(file, `${adapted}\n${ends}\n`);
  try {
    await run('node', [file], { env: { ...process.env, PASSWORD: grace.password } });
  } finally {
    await rm(file);
  }
  await grace.sees('Hello, Ada!');
});

test('python-socketio chats', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const python = process.env.HUBBUB_PYTHON ?? 'python3';
  const args = [here('../support/program.py'), workspace.address, await ada.token(), ada.roomId];
  const { stdout } = await run(python, args, { timeout: 30_000 });
  expect(JSON.parse(stdout)).toMatchObject({
    refused: 'session_expired',
    first: { seq: 2 },
    again: { seq: 2 },
    heard: ['From Python.'],
    caught_up: ['From Python.'],
  });
  await ada.sees('From Python.');
});
