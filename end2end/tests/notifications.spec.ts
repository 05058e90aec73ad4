import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';

/** From here on, pages of this browser record their desktop notifications. */
async function catchesAlerts(context: BrowserContext): Promise<void> {
  await context.grantPermissions(['notifications']);
  await context.addInitScript(() => {
    const alerts: Notification[] = [];
    const Real = window.Notification;
    class Caught extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        alerts.push(this);
      }
    }
    // Without a desktop there is no prompt: permission is granted.
    Object.defineProperty(Caught, 'permission', { value: 'granted' });
    Object.defineProperty(Caught, 'requestPermission', { value: async () => 'granted' });
    Object.assign(window, { Notification: Caught, alerts });
  });
}

const alertsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { alerts: Notification[] }).alerts.map(({ title, body }) => `${title}: ${body}`));

async function turnsOn(person: Person, name: RegExp): Promise<void> {
  await person.goesTo('/profile');
  const box = person.page.getByRole('group', { name: 'On this device' }).getByRole('checkbox', { name });
  await box.click();
  await expect(box).toBeChecked();
}

test('a muted room stays quiet on every device and shows mentions quietly', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  const tablet = await workspace.signIn(grace);
  await tablet.opens('general');
  // On a phone the top has no space for it.
  if (grace.isOnPhone) await grace.page.getByTitle('About this room').click();
  await grace.page.getByRole('button', { name: /^Notifications/ }).click();
  const dialog = grace.page.getByRole('dialog', { name: 'Notifications' });
  await expect(dialog.getByRole('radio', { name: /^Mentions/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /^Nothing/ }).check();
  await grace.page.keyboard.press('Escape');
  await grace.opens('general');
  for (const device of [grace, tablet]) await device.showsRooms();

  await ada.sends('Nothing to see.');
  await ada.sends('@grace.hopper, though.');
  for (const device of [grace, tablet]) {
    await device.hasMentions('engines', 1);
    await device.hasUnread('engines', 0);
    await expect(device.row('engines').locator('xpath=..')).toHaveAttribute('data-unread', 'false');
  }
  await expect(grace.page).toHaveTitle(/^[^(]/);
});

test('a badge explains which message caused it, and by which rule', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  await grace.opens('general');
  await grace.showsRooms();
  await ada.sends('@grace.hopper, have a look.');
  await grace.hasMentions('engines', 1);
  await expect(grace.page).toHaveTitle(/^\(1\) /);

  await grace.row('engines').locator('xpath=..').getByRole('button', { name: 'Why this badge?' }).click();
  const dialog = grace.page.getByRole('dialog', { name: 'Notifications' });
  await expect(dialog).toContainText(
    /Ada Lovelace mentioned you in #\d+ of #engines: “@grace\.hopper, have a look\.”; you are told of mentions in this room\./,
  );
  await dialog.getByRole('link', { name: 'Open the room' }).click();
  await grace.isIn('engines');
  await expect(grace.page).toHaveTitle(/^engines/);
});

test('unseen messages show on the desktop, once for all tabs, and a click opens the room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await catchesAlerts(grace.page.context());
  await ada.createRoom('engines');
  await grace.joinRoom('engines');
  await turnsOn(grace, /^Notifications on the desktop/);
  await grace.opens('general');
  const tab = await grace.opensTab();
  const both = async () => [...(await alertsOf(grace.page)), ...(await alertsOf(tab.page))];

  await ada.sends('Nothing for anybody.');
  await ada.sends('@grace.hopper, look.');
  await expect.poll(both).toEqual(['Ada Lovelace mentioned you in #engines: @grace.hopper, look.']);
  const speaker = (await alertsOf(grace.page)).length ? grace : tab;
  await speaker.page.evaluate(() => (window as unknown as { alerts: Notification[] }).alerts[0]!.dispatchEvent(new Event('click')));
  await speaker.isIn('engines');

  // She has this room in view.
  await speaker.page.bringToFront();
  await ada.sends('@grace.hopper, you see this.');
  await speaker.sees('@Grace Hopper, you see this.');
  await speaker.opens('general');
  await ada.sends('@grace.hopper, but not this.');
  await expect.poll(both).toContainEqual('Ada Lovelace mentioned you in #engines: @grace.hopper, but not this.');
  expect((await both()).join()).not.toContain('you see this');
});

test('do not disturb applies to all devices', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await catchesAlerts(grace.page.context());
  await turnsOn(grace, /^Notifications on the desktop/);
  const tablet = await workspace.signIn(grace);
  await tablet.goesTo('/profile');
  const quiet = tablet.page.getByRole('group', { name: /^Do not disturb/ });
  await expect(quiet.getByRole('status')).toHaveText('Off.');
  await quiet.getByRole('button', { name: 'For 1 hour' }).click();
  await expect(grace.page.getByRole('group', { name: /^Do not disturb/ }).getByRole('status')).toContainText('No notifications until');
  await ada.sends('@grace.hopper, not now.');
  await expect(grace.page).toHaveTitle(/^\(1\) /);

  await quiet.getByRole('button', { name: 'Turn off' }).click();
  await quiet.getByRole('checkbox', { name: 'Every day' }).check();
  await expect(grace.page.getByRole('group', { name: /^Do not disturb/ }).getByRole('checkbox', { name: 'Every day' })).toBeChecked();
  await quiet.getByRole('checkbox', { name: 'Every day' }).uncheck();
  await expect(grace.page.getByRole('group', { name: /^Do not disturb/ }).getByRole('status')).toHaveText('Off.');
  await ada.sends('@grace.hopper, now.');
  await expect.poll(() => alertsOf(grace.page)).toEqual(['Ada Lovelace mentioned you in #general: @grace.hopper, now.']);
});

test('a device gets a push while no page is open', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await catchesAlerts(ada.page.context());
  // The browser of a test has no push service; this replaces it.
  await ada.page.context().addInitScript(() => {
    PushManager.prototype.subscribe = async function (options) {
      const key = new Uint8Array(options?.applicationServerKey as ArrayBuffer);
      if (key.length !== 65 || !options?.userVisibleOnly) throw new Error('this is not a key');
      const pair = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])) as CryptoKeyPair;
      const text = (bytes: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      const p256dh = text(await crypto.subtle.exportKey('raw', pair.publicKey));
      const keys = { p256dh, auth: text(crypto.getRandomValues(new Uint8Array(16)).buffer) };
      const subscription = Object.create(PushSubscription.prototype) as PushSubscription;
      subscription.toJSON = () => ({ endpoint: 'https://push.invalid/send/x', expirationTime: null, keys });
      return subscription;
    };
  });
  await turnsOn(ada, /^Also while Hubbub is closed/);
  await expect(ada.page.getByRole('alert')).toHaveCount(0);
  const worker = await ada.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL);
  expect(worker).toBe(`${workspace.address}/service-worker.js`);
  // The choice is kept once the server has the subscription.
  await expect.poll(() => ada.page.evaluate(() => localStorage.getItem('notify push'))).toBe('on');
  await ada.reloads();
  const box = ada.page.getByRole('checkbox', { name: /^Also while Hubbub is closed/ });
  await expect(box).toBeChecked();
  await box.click();
  await expect(box).not.toBeChecked();
});
