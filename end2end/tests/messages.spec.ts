import { expect, test } from '../support/test.ts';

test('two people see each other’s messages as they are sent', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');

  await ada.sends('The engine weaves algebraic patterns.');
  await grace.sees('The engine weaves algebraic patterns.');
  await grace.sends('Mine has a moth in it.');
  await ada.sees('Mine has a moth in it.');

  await expect(grace.message('The engine weaves algebraic patterns.')).toContainText('Ada Lovelace');
  await expect(ada.message('Mine has a moth in it.')).toContainText('Grace Hopper');
});

test('an own message appears at once and only once', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.watchesForDoubles();
  for (const text of ['One.', 'Two.', 'Three.', 'One.']) await ada.sends(text);

  for (const person of [ada, grace]) {
    await expect(person.messages.locator('.message-text')).toHaveText(['One.', 'Two.', 'Three.', 'One.']);
  }
  await expect(ada.messages.filter({ has: ada.page.getByText('Sending') })).toHaveCount(0);
  expect(await ada.mostMessagesSeen(), 'no moment had a message twice').toBe(4);
});

test('an own message appears before the server answers', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const line = await ada.line();
  line.hold();
  await ada.sends('Not there yet.');
  await expect(ada.message('Not there yet.')).toContainText('Sending');
  await expect(ada.status).toHaveText('Sending 1 message…');
  line.release();
  await ada.sees('Not there yet.');
  await expect(ada.status).toHaveText('Live');
});

test('simultaneous messages have the same order for both authors', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const texts = (name: string) => Array.from({ length: 8 }, (_, number) => `${name} ${number + 1}`);
  const write = async (person: typeof ada, words: string[]) => {
    for (const text of words) await person.sends(text);
  };
  await Promise.all([write(ada, texts('Ada')), write(grace, texts('Grace'))]);

  for (const person of [ada, grace]) {
    await expect(person.messages).toHaveCount(16);
    await expect(person.page.locator('[data-state="pending"]')).toHaveCount(0);
  }
  const read = (person: typeof ada) => person.messages.locator('.message-text').allTextContents();
  expect(await read(ada)).toEqual(await read(grace));
});

test('a message is always shown as text', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const text = '<img src=x onerror="alert(1)"> & </script> {{7*7}} 🧮';
  await ada.sends(text);
  await grace.sees(text);
  await grace.reloads();
  await grace.sees(text);
});

test('line breaks are kept', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.composer.fill('First line\n    second line, indented');
  await ada.submits();
  const text = ada.messages.locator('.message-text');
  await expect(text).toHaveCount(1);
  expect(await text.innerText()).toBe('First line\n    second line, indented');
});

test('a reload keeps everything', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  await ada.sends('Will this last?');
  await grace.sends('It will.');
  await ada.sees('It will.');

  for (const person of [ada, grace]) {
    await person.reloads();
    await person.isIn('engines');
    await person.sees('Will this last?');
    await person.sees('It will.');
    await person.showsRooms();
    await expect(person.row('general')).toBeVisible();
    await expect(person.row('engines')).toBeVisible();
  }
});
