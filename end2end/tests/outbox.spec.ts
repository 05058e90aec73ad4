import { Program } from '../support/program.ts';
import { expect, test } from '../support/test.ts';
import { Workspace } from '../support/workspace.ts';

test('a message written without a connection survives a reload', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const line = await ada.line();
  await line.cut();
  await expect(ada.status).toHaveText('Reconnecting…');
  await ada.sends('Keep this.');
  await ada.sends('And this.');
  await expect(ada.status).toHaveText('Offline: 2 messages waiting');

  await ada.page.reload();
  await expect(ada.message('Keep this.')).toContainText('Sending');
  await expect(ada.message('And this.')).toContainText('Sending');
  line.mend();
  await ada.isLive();
  await expect(ada.messages.locator('.message-text')).toHaveText(['Keep this.', 'And this.']);
  await ada.reloads();
  await expect(ada.messages.locator('.message-text')).toHaveText(['Keep this.', 'And this.']);
});

test('the outbox of a closed tab is sent once by another tab', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const other = await ada.opensTab();
  await other.isLive();
  await workspace.stop();
  await expect(other.status).toHaveText('Reconnecting…');
  await other.sends('From the tab that closes.');
  await expect(other.status).toHaveText('Offline: 1 message waiting');
  await ada.sends('From the tab that stays.');
  await other.page.close();

  await workspace.start();
  await ada.isLive();
  await grace.isLive();
  for (const person of [ada, grace]) {
    await person.sees('From the tab that closes.');
    await person.sees('From the tab that stays.');
    await expect(person.messages).toHaveCount(2);
  }
  await ada.reloads();
  await expect(ada.messages).toHaveCount(2);
});

test('a pending message can be edited or discarded', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const line = await ada.line();
  await line.cut();
  await expect(ada.status).toHaveText('Reconnecting…');
  await ada.sends('Let us meet at tree.');
  await ada.sends('Never mind.');

  await ada.message('Let us meet at tree.').getByRole('button', { name: 'Edit' }).click();
  await expect(ada.composer).toHaveValue('Let us meet at tree.');
  await ada.message('Never mind.').getByRole('button', { name: 'Cancel' }).click();
  await expect(ada.messages).toHaveCount(0);
  await ada.composer.fill('Let us meet at three.');
  await ada.submits();
  line.mend();
  await ada.isLive();
  await expect(ada.messages.locator('.message-text')).toHaveText(['Let us meet at three.']);
  await ada.reloads();
  await expect(ada.messages.locator('.message-text')).toHaveText(['Let us meet at three.']);
});

test('a damaged outbox is replaced, and messages of another version are shown', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const name = await ada.page.evaluate(async () => (await indexedDB.databases())[0]?.name ?? 'none');
  const room = ada.page.url().split('/').at(-1);
  // A database of this name with other content.
  await ada.page.goto('/assets/icon.svg');
  await ada.page.evaluate(async (name) => {
    const settled = (request: IDBRequest) => new Promise((resolve, reject) => {
      request.onsuccess = resolve;
      request.onerror = reject;
    });
    await settled(indexedDB.deleteDatabase(name));
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('something else');
    await settled(request);
    request.result.close();
  }, name);
  await ada.goesTo(`/rooms/${room}`);
  await ada.isLive();
  await ada.sends('The outbox works.');
  await ada.sees('The outbox works.');

  await ada.page.evaluate(async ({ name, room }) => {
    const request = indexedDB.open(name, 1);
    await new Promise((resolve) => (request.onsuccess = resolve));
    const put = request.result.transaction('messages', 'readwrite').objectStore('messages').put(JSON.stringify({ form: 99, room, text: 'From the future.' }), 'x');
    await new Promise((resolve) => (put.onsuccess = resolve));
    request.result.close();
  }, { name, room });
  await ada.reloads();
  await expect(ada.messages.filter({ hasText: 'From the future.' })).toContainText('Another version of Hubbub saved this message.');
  await ada.messages.filter({ hasText: 'From the future.' }).getByRole('button', { name: 'Try again' }).click();
  await ada.sees('From the future.');
});

test('a person over the rate limit waits, and the messages are sent in order', async ({ browser }) => {
  const workspace = await Workspace.open(browser, 'empty', ['--rate', '1']);
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.isLive();
  const program = await Program.connect(workspace.address, await ada.cookie());
  const hasty = Array.from({ length: 320 }, (_, number) => program.posts(ada.roomId, [`Hasty ${number}`]));
  const refused = (await Promise.allSettled(hasty)).filter(({ status }) => status === 'rejected');
  expect(refused.length, 'the bucket is empty').toBeGreaterThan(0);
  for (const text of ['One.', 'Two.', 'Three.']) await ada.sends(text);
  for (const text of ['One.', 'Two.', 'Three.']) await ada.sees(text);
  const texts = await ada.messages.locator('.message-text').allTextContents();
  expect(texts.slice(-3)).toEqual(['One.', 'Two.', 'Three.']);
  program.disconnect();
  await workspace.close();
});
