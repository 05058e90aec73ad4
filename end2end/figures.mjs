/**
 * The figures of docs/performance.md: each beside something measured in the same run, because
 * absolute times differ from machine to machine. Everything runs on the loopback interface.
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, open } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { Manager, io } from 'socket.io-client';

const binary = process.env.HUBBUB_BIN;
if (!binary) throw new Error('HUBBUB_BIN is not set: run bin/figures');
const folder = await mkdtemp(join(tmpdir(), 'hubbub-figures-'));
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const rows = [];
let started;
process.once('exit', () => started?.kill('SIGKILL'));
const figure = (what, value, limit, beside = '') => rows.push({ what, value, limit, beside });

try {
  spawnSync(binary, ['demo', '--data', folder], { stdio: 'ignore' });
  await startTimes();
  const server = await start();
  await idleMemory(server);
  const ada = await signIn(server, 'ada');
  const grace = await signIn(server, 'grace');
  await firstLoad(server, ada);
  await posts(server, ada, grace);
  await rendering(server, ada);
  await underTheHood(server, ada, grace);
  await sentAway(server, ada);
  await floods(server);
  await comingBack(server, ada, await signIn(server, 'grace'));
  figure('resident memory after all of this', `${(await resident(server)).toFixed(1)} MB`, '');
  await stop(server);
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.table(rows);

async function start() {
  const begun = process.hrtime.bigint();
  const flags = ['serve', '--listen', '127.0.0.1:0', '--data', folder];
  const child = spawn(binary, flags, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH, NO_COLOR: '1', HUBBUB_RATE: '1000' } });
  started = child;
  const port = await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server did not start')));
    createInterface({ input: child.stderr }).on('line', (line) => {
      const found = /ready: http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
      if (found) resolve(Number(found[1]));
    });
  });
  return { child, port, address: `http://127.0.0.1:${port}`, readyAfter: milliseconds(begun) };
}

async function stop({ child }) {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function startTimes() {
  const [ready, bare] = [[], []];
  for (let turn = 0; turn < 15; turn += 1) {
    const begun = process.hrtime.bigint();
    spawnSync(binary, ['--version']);
    bare.push(milliseconds(begun));
    const server = await start();
    ready.push(server.readyAfter);
    await stop(server);
  }
  figure('ready after start, existing database', `${at(ready, 0.5).toFixed(0)} ms`, '200 ms', `--version: ${at(bare, 0.5).toFixed(0)} ms`);
}

/** The allocator returns the memory of the first password's hash some seconds after the start. */
async function idleMemory(server) {
  const atOnce = await resident(server);
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  figure('resident memory, idle', `${(await resident(server)).toFixed(1)} MB`, '40 MB', `right after the start ${atOnce.toFixed(1)}`);
}

async function resident({ child }) {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}

async function signIn({ address }, handle) {
  const body = new URLSearchParams({ handle, password: 'hubbub demo' });
  const response = await fetch(`${address}/session`, { method: 'POST', body, redirect: 'manual' });
  return { cookie: response.headers.get('set-cookie').split(';')[0], place: response.headers.get('location') };
}

/** A browser with an empty page and a session. */
async function signedIn(address, { cookie }) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await browser.newContext();
  const [name, value] = cookie.split('=');
  await context.addCookies([{ name, value, url: address }]);
  return { browser, context, page: await context.newPage() };
}

/** The bytes that a browser without a cache loads until the room is live. */
async function firstLoad({ address }, ada) {
  const { browser, page } = await signedIn(address, ada);
  const responses = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(address + ada.place);
  await page.locator('.link-status').filter({ hasText: /^Live$/ }).waitFor();
  const sizes = {};
  for (const response of responses) {
    const kind = new URL(response.url()).pathname.split('/').at(-1).split('.').slice(1).at(-1) ?? 'html';
    const { responseBodySize } = await response.request().sizes();
    sizes[kind] = (sizes[kind] ?? 0) + responseBodySize;
  }
  await browser.close();
  const total = Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0);
  const parts = Object.entries(sizes).map(([kind, bytes]) => `${kind} ${(bytes / 1000).toFixed(1)}`);
  figure('first load of a room page, brotli', `${(total / 1000).toFixed(2)} kB`, '300 kB', parts.join(', '));
}

/** The bytes of the body as they cross the wire, and the time it took. */
function get({ port }, path, cookie, encoding = 'br') {
  const begun = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'accept-encoding': encoding };
    http.get({ port, path, headers, agent }, (response) => {
      let bytes = 0;
      response.on('data', (chunk) => (bytes += chunk.length));
      response.on('end', () => resolve({ bytes, took: milliseconds(begun) }));
    }).once('error', reject);
  });
}

async function posts(server, ada, grace) {
  const room = ada.place.split('/').at(-1);
  const [first, second] = await Promise.all([connect(server, ada), connect(server, grace)]);
  const times = { post: [], answer: [], sync: [] };
  const file = await open(join(folder, 'sync'), 'w');
  for (let turn = 0; turn < 1_000; turn += 1) {
    times.post.push(await timed(() => first.emitWithAck('message:post', { id: crypto.randomUUID(), room, text: `Message number ${turn}, of a usual length.` })));
    times.answer.push(await timed(() => first.emitWithAck('no:command', {})));
    times.sync.push(await timed(async () => { await file.write('a line of about the size that a message has'); await file.datasync(); }));
  }
  await file.close();
  first.disconnect();
  second.disconnect();
  const beside = `answer without storing: p50 ${at(times.answer, 0.5).toFixed(2)}, one fdatasync: p50 ${at(times.sync, 0.5).toFixed(2)}, p99 ${at(times.sync, 0.99).toFixed(2)} ms`;
  figure('post → acknowledgement, p50', `${at(times.post, 0.5).toFixed(2)} ms`, '3 ms', beside);
  figure('post → acknowledgement, p99', `${at(times.post, 0.99).toFixed(2)} ms`, '15 ms');
}

/**
 * The network fails and returns, with no messages missed and with 10,000 missed: from the
 * browser's 'online' event until the page says that it is live and has everything.
 */
async function comingBack(server, ada, grace) {
  const room = ada.place.split('/').at(-1);
  const network = await cuttable(server.port);
  const { browser, context, page } = await signedIn(network.address, ada);
  await page.goto(network.address + ada.place);
  const status = page.locator('.link-status');
  await status.filter({ hasText: /^Live$/ }).waitFor();
  await page.evaluate(() => {
    const status = document.querySelector('.link-status');
    window.marks = {};
    addEventListener('online', () => (window.marks.online = performance.now()));
    new MutationObserver(() => {
      if (status.textContent === 'Live') window.marks.live = performance.now();
    }).observe(status, { childList: true, characterData: true, subtree: true });
  });
  for (const [what, missed, limit] of [['live again after the network', 0, '1 s'], ['10,000 missed messages caught up', 10_000, '2 s']]) {
    await context.setOffline(true);
    network.cut();
    await status.filter({ hasText: /^Reconnecting/ }).waitFor();
    const author = await connect(server, grace);
    let left = missed;
    const post = async () => {
      while (left > 0) {
        left -= 1;
        await author.emitWithAck('message:post', { id: crypto.randomUUID(), room, text: `Missed, and ${left} more to come` });
      }
    };
    await Promise.all(Array.from({ length: 100 }, post));
    author.disconnect();
    network.mend();
    await context.setOffline(false);
    await status.filter({ hasText: /^Live$/ }).waitFor();
    if (missed > 0) await page.getByText('Missed, and 0 more to come').waitFor();
    const took = await page.evaluate(() => window.marks.live - window.marks.online);
    figure(what, `${(took / 1000).toFixed(2)} s`, limit);
  }
  await typing(page);
  await browser.close();
  network.close();
}

/**
 * The CPU time that a frame costs the page's thread while another person posts, with the inspector
 * closed and open by turns. All work for a frame counts, rendering too.
 */
async function underTheHood({ address, ...server }, ada, grace) {
  const room = ada.place.split('/').at(-1);
  const author = await connect({ address, ...server }, grace);
  const { browser, context, page } = await signedIn(address, ada);
  let frames = 0;
  page.on('websocket', (socket) => {
    for (const event of ['framesent', 'framereceived']) socket.on(event, () => (frames += 1));
  });
  await page.goto(address + ada.place);
  await page.locator('.link-status').filter({ hasText: /^Live$/ }).waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  // The page does not wait for the posts: that would be work for it, too.
  const post = async (number) => {
    await author.emitWithAck('message:post', { id: crypto.randomUUID(), room, text: `Watched, number ${number}` });
    await new Promise((resolve) => setTimeout(resolve, 40));
  };
  let number = 0;
  const costOfAFrame = async (posts) => {
    const [before, framesBefore] = [await busy(), frames];
    for (let turn = 0; turn < posts; turn += 1) await post((number += 1));
    return ((await busy()) - before) / (frames - framesBefore);
  };
  const button = page.getByRole('button', { name: 'Under the hood' });
  const toggle = () => button.click();
  // The pointer stays at the same place.
  await button.hover();
  // Room and list are full, so neither grows any more.
  await costOfAFrame(300);
  const [closed, open] = [[], []];
  for (let turn = 0; turn < 5; turn += 1) {
    closed.push(await costOfAFrame(100));
    await toggle();
    await page.getByRole('complementary', { name: 'Under the hood' }).waitFor();
    await costOfAFrame(turn ? 100 : 300);
    open.push(await costOfAFrame(100));
    await toggle();
    await costOfAFrame(20);
  }
  await browser.close();
  author.disconnect();
  const differences = open.map((cost, turn) => cost - closed[turn]);
  const list = (costs) => costs.map((cost) => cost.toFixed(2)).join(', ');
  const beside = `a frame with the panel closed: ${list(closed)}, open: ${list(open)} ms`;
  figure('the inspector, per frame, open', `${at(differences, 0.5).toFixed(2)} ms`, '1 ms', beside);
}

/**
 * A person types in a room that is full of messages. The longest task of the page's thread is how long
 * a key may wait: for another key, for code that loads, or for rendering.
 */
async function typing(page) {
  const composer = page.getByRole('textbox', { name: /^Message / });
  await composer.click();
  const devtools = await page.context().newCDPSession(page);
  const events = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const includedCategories = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];
  await devtools.send('Tracing.start', { traceConfig: { includedCategories } });
  for (const words of ['The quick brown fox @gr', ' jumps :wav', ' over\nthe lazy dog. #gen', ' **and** back '.repeat(10)]) {
    await page.keyboard.insertText(words.slice(0, 1));
    await page.keyboard.type(words.slice(1).replaceAll('\n', ' '));
  }
  const complete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
  await devtools.send('Tracing.end');
  await complete;
  const messages = await page.getByRole('log').getByRole('article').count();
  const keys = events.filter(({ name, args }) => name === 'EventDispatch' && args.data.type === 'keypress');
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && pid === keys[0].pid && tid === keys[0].tid);
  const [key, task] = [keys, tasks].map((all) => all.map(({ dur }) => (dur ?? 0) / 1000));
  const beside = `${keys.length} keys themselves: p50 ${at(key, 0.5).toFixed(1)}, longest ${at(key, 1).toFixed(1)} ms; ${messages} messages on the page`;
  figure('longest wait of a key while typing', `${at(task, 1).toFixed(1)} ms`, '16 ms', beside);
}

/** A port in front of the server that passes nothing while it is cut. */
async function cuttable(port) {
  const open = new Set();
  let isCut = false;
  const proxy = net.createServer((client) => {
    if (isCut) return client.destroy();
    const onward = net.connect(port, '127.0.0.1');
    for (const [from, to] of [[client, onward], [onward, client]]) {
      open.add(from);
      from.setNoDelay(true);
      from.on('error', () => {});
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const cut = () => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  return {
    address: `http://127.0.0.1:${proxy.address().port}`,
    cut,
    mend: () => (isCut = false),
    close: () => {
      cut();
      proxy.close();
    },
  };
}

async function connect({ address }, { cookie, token }, namespace = '/chat') {
  const extraHeaders = cookie && { cookie };
  const socket = io(address + namespace, { transports: ['websocket'], extraHeaders, auth: { token }, forceNew: true, reconnection: !token });
  await once(socket, 'connect');
  return socket;
}

/** A client asks for unknown namespaces until the server closes the connection. */
function flood(address, number) {
  const manager = new Manager(address, { transports: ['websocket'], reconnection: false });
  return new Promise((done) => {
    manager.once('close', done);
    // A client without any namespace would close the connection itself.
    manager.socket('/lobby');
    const knock = (turn) => manager.socket(`/nowhere/${number}/${turn}`).once('connect_error', () => knock(turn + 1));
    knock(0);
  });
}

/** Floods of 40 clients at a time: later floods leave no more memory behind than the first. */
async function floods(server) {
  const after = [await resident(server)];
  for (let turn = 0; turn < 3; turn += 1) {
    for (let batch = 0; batch < 10; batch += 1) {
      await Promise.all(Array.from({ length: 40 }, (_, client) => flood(server.address, `${turn}/${batch}/${client}`)));
    }
    // The server waits this long for clients without a namespace.
    await new Promise((resolve) => setTimeout(resolve, 17_000));
    after.push(await resident(server));
  }
  const [before, first, , last] = after.map((megabytes) => `${megabytes.toFixed(1)} MB`);
  figure('memory after three floods of 40,000 refusals', last, 'as after the first', `before ${before}, after the first ${first}`);
}

/** Revocation: the time from the command until the person's connection has ended. */
async function sentAway(server, ada) {
  const admin = await connect(server, ada, '/admin');
  const ask = async (name, payload) => {
    const answer = await admin.emitWithAck(name, payload);
    if (answer.refusal) throw new Error(`${name}: ${answer.refusal.message}`);
    return answer.ok;
  };
  const [{ person: { id: person } }] = await ask('roster:list', { query: 'grace' });
  const took = {};
  const measure = async (what, socket, act) => {
    socket.io.reconnection(false);
    const gone = once(socket, 'disconnect');
    const begun = process.hrtime.bigint();
    const [done] = await Promise.all([act(), gone.then(() => (took[what] = milliseconds(begun)))]);
    socket.disconnect();
    return done;
  };
  const grace = async () => connect(server, await signIn(server, 'grace'));
  await measure('signed out everywhere', await grace(), () => ask('person:signout', { person }));
  await measure('switched off', await grace(), () => ask('person:active', { person, active: false }));
  await ask('person:active', { person, active: true });
  const ban = await measure('banned', await grace(), () => ask('ban:add', { target: { person }, reason: 'To measure it.' }));
  await ask('ban:remove', { ban: ban.id });
  await measure('role changed', await grace(), () => ask('person:role', { person, role: 'guest' }));
  await ask('person:role', { person, role: 'member' });
  const { program, token } = await ask('program:create', { name: 'Figures' });
  await measure('token taken back', await connect(server, { token }, '/bot'), () => ask('program:revoke', { program: program.id }));
  admin.disconnect();
  const each = Object.entries(took).map(([what, millis]) => `${what} ${millis.toFixed(1)}`).join(', ');
  figure('revocation, slowest', `${Math.max(...Object.values(took)).toFixed(1)} ms`, '1 s', each);
}

/** A room with 50 messages and more; the page shows 50. Without compression: drawing is what counts. */
async function rendering(server, ada) {
  const [page, nothing] = [[], []];
  for (let turn = 0; turn < 400; turn += 1) {
    page.push((await get(server, ada.place, ada.cookie, 'identity')).took);
    nothing.push((await get(server, '/health', ada.cookie, 'identity')).took);
  }
  const drawn = at(page, 0.5) - at(nothing, 0.5);
  figure('a room with 50 messages, rendered', `${drawn.toFixed(2)} ms`, '5 ms', `whole request: p50 ${at(page, 0.5).toFixed(2)}, p99 ${at(page, 0.99).toFixed(2)}; /health: p50 ${at(nothing, 0.5).toFixed(2)} ms`);
}

async function timed(action) {
  const begun = process.hrtime.bigint();
  await action();
  return milliseconds(begun);
}

function milliseconds(begun) {
  return Number(process.hrtime.bigint() - begun) / 1e6;
}

function at(times, share) {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
