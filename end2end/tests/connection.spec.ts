import { Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';
import { Workspace } from '../support/workspace.ts';

test('a message written while the server is down is sent exactly once after its return', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Before.');
  await grace.sees('Before.');

  await workspace.stop();
  await expect(ada.status).toHaveText('Reconnecting…');
  await ada.sends('Meanwhile.');
  await expect(ada.message('Meanwhile.')).toContainText('Sending');
  await expect(ada.status).toHaveText('Offline: 1 message waiting');
  await expect(grace.message('Meanwhile.')).toHaveCount(0);

  await workspace.start();
  await ada.isLive();
  await grace.isLive();
  for (const person of [ada, grace]) {
    await person.sees('Meanwhile.');
    await expect(person.messages.locator('.message-text')).toHaveText(['Before.', 'Meanwhile.']);
  }
  await expect(ada.page.getByText('Sending')).toHaveCount(0);
  for (const person of [ada, grace]) {
    await person.reloads();
    await expect(person.messages.locator('.message-text')).toHaveText(['Before.', 'Meanwhile.']);
  }
});

test('messages written while the server is down keep their order', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const texts = ['First.', 'Second.', 'Third.', 'Fourth.'];
  await workspace.stop();
  await expect(ada.status).toHaveText('Reconnecting…');
  for (const text of texts) await ada.sends(text);
  await expect(ada.status).toHaveText('Offline: 4 messages waiting');
  await workspace.start();
  for (const person of [ada, grace]) {
    await person.isLive();
    await expect(person.messages.locator('.message-text')).toHaveText(texts);
  }
});

test('the page catches up after a lost connection', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const line = await grace.line();
  await ada.sends('Before.');
  await grace.sees('Before.');
  await line.cut();
  await expect(grace.status).toHaveText('Reconnecting…');
  await ada.sends('You miss this.');
  await ada.sees('You miss this.');
  line.mend();
  await grace.isLive();
  await grace.sees('You miss this.');
});

test('a page resends its first command when it gets no answer', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const line = await ada.line();
  line.lose(/"snapshot:get"/);
  await ada.page.reload();
  await expect.poll(() => line.hasLost).toBe(true);
  await ada.isLive();
});

test('a stopping server signs no person out', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const line = await ada.line();
  // The packet that socketioxide sends while it closes.
  line.lose(/^40\/chat/, '44/chat,{"message":"Invalid namespace"}');
  await ada.page.reload();
  await expect.poll(() => line.hasLost).toBe(true);
  await ada.isLive();
});

test('a message without an answer is resent and stored once', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const line = await ada.line();
  line.lose(/"message:post"/);
  await ada.sends('Did you get this?');
  await expect.poll(() => line.hasLost).toBe(true);
  await expect(ada.message('Did you get this?')).toHaveAttribute('data-seq', /^\d+$/, { timeout: 30_000 });
  await ada.reloads();
  await ada.sees('Did you get this?');
});

test('a message shown as stored survives a kill of the server', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Is this safe?');
  await ada.sees('Is this safe?');
  await workspace.kill();
  await expect(grace.status).toHaveText('Reconnecting…');
  await workspace.start();
  for (const person of [ada, grace]) {
    await person.isLive();
    await person.reloads();
    await person.sees('Is this safe?');
  }
  await grace.sends('It is.');
  await ada.sees('It is.');
});

test('the page shows who is online as people connect and disconnect', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.page.getByRole('button', { name: /^Members: / }).click();
  const member = ada.page.getByRole('complementary', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'Grace Hopper' });
  await expect(member).toContainText('online');
  await grace.page.close();
  await expect(member).toContainText('offline');
});

test('a person with too many windows is told so and connects after closing one', async ({ browser }) => {
  const workspace = await Workspace.open(browser, 'empty', ['--connections-per-person', '1']);
  const ada = await workspace.setUp('Ada Lovelace');
  const tab = new Person(ada, await ada.page.context().newPage());
  await tab.page.goto(ada.address);
  await tab.isTold('Too many connections are open. Close some windows and try again.');
  await expect(tab.status).toHaveText('Refused');
  await expect(tab.page.getByRole('alert').getByRole('link')).toHaveCount(0);
  await ada.page.close();
  await tab.isLive();
  await expect(tab.page.getByRole('alert')).toHaveCount(0);
  await tab.sends('In at last.');
  await workspace.close();
});
