import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page, Route } from '@playwright/test';
import { picture, sound, text, type Made } from '../support/files.ts';
import type { Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';

const engine = picture('engine.png', 1200, 800, [40, 90, 220]);
const loom = picture('loom.png', 300, 600, [210, 80, 60]);
const notes = text('notes.txt', 'Bernoulli numbers');

/** The state of a person's uploads. */
const tray = (person: Person) => person.page.getByRole('list', { name: 'Files for this message' });
const chip = (person: Person, file: Made) => tray(person).getByRole('listitem').filter({ hasText: file.name });

async function picks(person: Person, ...files: Made[]): Promise<void> {
  const choosing = person.page.waitForEvent('filechooser');
  await person.page.getByRole('button', { name: 'Attach files' }).click();
  await (await choosing).setFiles(files);
}

async function hasUploaded(person: Person, ...files: Made[]): Promise<void> {
  for (const file of files) await expect(chip(person, file)).toHaveAttribute('data-state', 'ready');
}

/** Holds uploads back until the returned function is called. */
async function holdsUploads(page: Page): Promise<() => void> {
  let letGo = () => {};
  const waiting = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/files?*', async (route) => {
    await waiting;
    await route.continue();
  });
  return letGo;
}

/** Hands files over like the clipboard, or a drag from another window. */
async function hands(person: Person, event: 'paste' | 'drop', ...files: Made[]): Promise<void> {
  await handsAt(person.composer, event, ...files);
}

async function handsAt(composer: Locator, event: 'paste' | 'drop', ...files: Made[]): Promise<void> {
  const plain = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] }));
  await composer.evaluate(
    (composer, { event, plain }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, bytes } of plain) data.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
      const options = { bubbles: true, cancelable: true };
      if (event === 'drop') {
        composer.dispatchEvent(new DragEvent('dragover', { ...options, dataTransfer: data }));
        composer.dispatchEvent(new DragEvent('drop', { ...options, dataTransfer: data }));
      } else {
        composer.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: data }));
      }
    },
    { event, plain },
  );
}

test('picked files are in the message for everyone and stay after a reload', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await picks(ada, engine, notes);
  await hasUploaded(ada, engine, notes);
  await ada.sends('Here they are.');
  await expect(tray(ada)).toBeHidden();

  for (const person of [ada, grace]) {
    await person.sees('Here they are.');
    const message = person.message('Here they are.');
    await expect(message.getByRole('img', { name: 'engine.png' })).toBeVisible();
    await expect(message.getByRole('link', { name: /notes\.txt/ })).toContainText('17 B');
  }
  await grace.reloads();
  const image = grace.page.getByRole('img', { name: 'engine.png' });
  await expect.poll(() => image.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(720);

  const downloading = grace.page.waitForEvent('download');
  await grace.page.getByRole('link', { name: /notes\.txt/ }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('notes.txt');
  expect(await readFile(await download.path(), 'utf8')).toBe('Bernoulli numbers');
});

test('pasted and dropped files need no text', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await hands(ada, 'paste', loom);
  await hands(ada, 'drop', engine, notes);
  await hasUploaded(ada, loom, engine, notes);
  await ada.submits();
  await expect(grace.messages).toHaveCount(1);
  await expect(grace.messages.getByRole('img')).toHaveCount(2);
  await expect(grace.messages.getByRole('link', { name: /notes\.txt/ })).toBeVisible();
});

test('files dropped onto a thread belong to the reply', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('What does it look like?');
  await ada.sees('What does it look like?');
  await ada.opensThread('What does it look like?');
  await handsAt(ada.threadComposer, 'drop', engine);
  await expect(ada.thread.getByRole('list', { name: 'Files for this message' }).getByRole('listitem')).toHaveCount(1);
  await ada.repliesWith('Like this.');
  await expect(ada.thread.getByRole('article').last().getByRole('img', { name: 'engine.png' })).toBeVisible();
});

test('the viewer shows pictures in full size, one after the other', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  for (const file of [engine, loom]) {
    await picks(ada, file);
    await hasUploaded(ada, file);
    await ada.submits();
    await expect(tray(ada)).toBeHidden();
  }
  await grace.messages.getByRole('link', { name: 'engine.png' }).click();
  const viewer = grace.page.getByRole('dialog', { name: 'Picture' });
  await expect(viewer.getByRole('img', { name: 'engine.png' })).toBeVisible();
  await expect(viewer).toContainText('Ada Lovelace');
  await expect(viewer).toContainText('1 of 2');
  await grace.page.keyboard.press('ArrowRight');
  await expect(viewer.getByRole('img', { name: 'loom.png' })).toBeVisible();
  await expect(viewer).toContainText('2 of 2');
  await grace.page.keyboard.press('ArrowRight');
  await viewer.getByRole('button', { name: 'Previous picture' }).click();
  const shown = viewer.getByRole('img', { name: 'engine.png' });
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1200);
  const downloading = grace.page.waitForEvent('download');
  await viewer.getByRole('link', { name: 'Download' }).click();
  expect((await downloading).suggestedFilename()).toBe('engine.png');
  await grace.page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
});

test('a reply can have files, and files picked in a thread stay there', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Which engine?');
  await grace.sees('Which engine?');
  await grace.opensThread('Which engine?');
  const choosing = grace.page.waitForEvent('filechooser');
  await grace.thread.getByRole('button', { name: 'Attach files' }).click();
  await (await choosing).setFiles([engine, loom]);
  await expect(grace.thread.locator('.upload[data-state="ready"]')).toHaveCount(2);
  await expect(tray(grace)).toHaveCount(1);
  await grace.repliesWith('These.');
  await expect(grace.thread.getByRole('img', { name: 'engine.png' })).toBeVisible();

  await ada.opensThread('Which engine?');
  await ada.thread.getByRole('link', { name: 'loom.png' }).click();
  const viewer = ada.page.getByRole('dialog', { name: 'Picture' });
  await expect(viewer).toContainText('Grace Hopper');
  await expect(viewer).toContainText('2 of 2');
  await ada.page.keyboard.press('ArrowLeft');
  await expect(viewer.getByRole('img', { name: 'engine.png' })).toBeVisible();
});

test('text is sent at once and the file follows after its upload', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const letGo = await holdsUploads(ada.page);
  await picks(ada, engine);
  await expect(chip(ada, engine).getByRole('progressbar')).toBeVisible();
  await expect(ada.page.getByText('You need not wait: files that are still uploading follow your message.')).toBeVisible();
  await ada.sends('The engine, in a moment.');
  await grace.sees('The engine, in a moment.');
  await expect(ada.page.getByText('Posted as soon as it is uploaded.')).toBeVisible();
  await expect(grace.messages).toHaveCount(1);
  letGo();
  await expect(grace.messages).toHaveCount(2);
  await expect(grace.messages.getByRole('img', { name: 'engine.png' })).toBeVisible();
  await expect(tray(ada)).toBeHidden();
});

test('an upload can be cancelled', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await holdsUploads(ada.page);
  await picks(ada, engine, notes);
  await tray(ada).getByRole('button', { name: 'Cancel engine.png' }).click();
  await expect(chip(ada, engine)).toHaveCount(0);
  await tray(ada).getByRole('button', { name: 'Cancel notes.txt' }).click();
  await expect(tray(ada)).toBeHidden();
  await ada.page.unroute('**/files?*');
  await picks(ada, notes);
  await hasUploaded(ada, notes);
  await tray(ada).getByRole('button', { name: 'Remove notes.txt' }).click();
  await expect(tray(ada)).toBeHidden();
  await ada.submits();
  await ada.isTold('There is nothing to send yet.');
});

test('a failed or refused upload shows why and can be retried', async ({ workspace }) => {
  workspace.complaints.expect(/net::ERR_FAILED|status of 413/);
  const ada = await workspace.setUp('Ada Lovelace');
  const refusal = { code: 'file_too_large', message: 'This file is larger than 1 kB, the most that this server takes.' };
  const answers = [(route: Route) => route.abort(), (route: Route) => route.fulfill({ status: 413, json: refusal })];
  await ada.page.route('**/files?*', (route) => (answers.shift() ?? ((route: Route) => route.continue()))(route));
  await picks(ada, engine);
  await expect(chip(ada, engine)).toContainText('The connection was lost.');
  const again = tray(ada).getByRole('button', { name: 'Try engine.png again' });
  await again.click();
  await expect(chip(ada, engine)).toContainText(refusal.message);
  await again.click();
  await hasUploaded(ada, engine);
});

test('without a connection files wait and the draft stays usable', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const line = await ada.line();
  await line.cut();
  await expect(ada.status).toHaveText('Reconnecting…');
  await picks(ada, notes);
  await expect(chip(ada, notes)).toContainText('Waiting…');
  await expect(ada.page.getByText('Files upload when you are back online. Your text does not wait for them.')).toBeVisible();
  await ada.sends('Written offline.');
  await expect(ada.message('Written offline.')).toHaveAttribute('data-state', 'pending');
  line.mend();
  await ada.isLive();
  await ada.sees('Written offline.');
  await expect(ada.messages.getByRole('link', { name: /notes\.txt/ })).toBeVisible();
});

test('a picture has its space before it loads', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  let letGo = () => {};
  const waiting = new Promise<void>((resolve) => (letGo = resolve));
  await grace.page.route('**/thumbnail', async (route) => {
    await waiting;
    await route.continue();
  });
  await picks(ada, engine);
  await hasUploaded(ada, engine);
  await ada.sends('Look.');
  await grace.sees('Look.');
  const image = grace.page.getByRole('img', { name: 'engine.png' });
  const before = await image.boundingBox();
  letGo();
  await expect.poll(() => image.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(720);
  const after = await image.boundingBox();
  // Its proportions are rounded to whole pixels until it loads.
  for (const side of ['x', 'y', 'width', 'height'] as const) expect(Math.abs(after![side] - before![side])).toBeLessThan(2);
  expect(before!.height).toBeGreaterThan(150);
});

test('sound plays inside its message', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const tone = sound('tone.wav', 3);
  await picks(ada, tone);
  await hasUploaded(ada, tone);
  await ada.sends('Listen.');
  await grace.sees('Listen.');
  const player = grace.messages.locator('audio');
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBe(3);
});

test('a deleted message loses its files, even in an open viewer', async ({ workspace }) => {
  workspace.complaints.expect(/status of 404/);
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await picks(ada, engine, notes);
  await hasUploaded(ada, engine, notes);
  await ada.sends('A mistake.');
  await grace.sees('A mistake.');
  const address = await grace.page.getByRole('link', { name: 'engine.png' }).getAttribute('href');
  await grace.page.getByRole('link', { name: 'engine.png' }).click();
  const viewer = grace.page.getByRole('dialog', { name: 'Picture' });
  await expect(viewer.getByRole('img')).toBeVisible();

  await ada.pointsAt('A mistake.');
  await ada.page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(viewer).toContainText('This picture no longer exists.');
  await grace.page.keyboard.press('Escape');
  for (const person of [ada, grace]) {
    await expect(person.messages).toHaveText([/This message was deleted\./]);
    await expect(person.messages.locator('.attachments')).toHaveCount(0);
  }
  expect((await grace.page.request.get(`${workspace.address}${address}`)).status()).toBe(404);
});

test('axe finds no violations on files, light and dark, and nothing is wider than a narrow screen', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.page.emulateMedia({ reducedMotion: 'reduce' });
  const odd = text(`${'a-rather-long-name-without-a-break'.repeat(3)}.txt`, 'x');
  await picks(ada, engine, odd, sound('tone.wav', 1));
  await expect(tray(ada).locator('[data-state="ready"]')).toHaveCount(3);
  await ada.sends('Files.');
  await ada.sees('Files.');
  await holdsUploads(ada.page);
  await picks(ada, loom, notes);
  await expect(tray(ada).getByRole('progressbar')).toHaveCount(2);
  for (const colorScheme of ['light', 'dark'] as const) {
    await ada.page.emulateMedia({ colorScheme });
    expect.soft(await complaints(ada.page), colorScheme).toEqual([]);
  }
  await ada.page.setViewportSize({ width: 320, height: 700 });
  expect(await ada.page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(320);
  await ada.page.getByRole('link', { name: 'engine.png' }).click();
  await expect(ada.page.getByRole('dialog', { name: 'Picture' }).getByRole('img')).toBeVisible();
  expect.soft(await complaints(ada.page), 'viewer').toEqual([]);
  expect(await ada.page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(320);
});

async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.failureSummary})`));
}
