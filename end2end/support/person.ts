/** A person with a browser, with verbs for what people do and see. */

import { expect, type Locator, type Page } from '@playwright/test';
import { Line } from './line.ts';
import { NARROW } from './screens.ts';

export interface Account {
  name: string;
  handle: string;
  password: string;
}

/** The account of a person with this name. */
export function account(name: string): Account {
  const handle = name.toLowerCase().replaceAll(' ', '.');
  return { name, handle, password: `${handle} has a secret` };
}

export class Person implements Account {
  readonly name: string;
  readonly handle: string;
  readonly password: string;

  constructor(
    who: Account,
    readonly page: Page,
  ) {
    ({ name: this.name, handle: this.handle, password: this.password } = who);
  }

  // What is on the page.

  /** True where the list of rooms and the open room are two screens. */
  get isOnPhone(): boolean {
    return (this.page.viewportSize()?.width ?? Infinity) <= NARROW;
  }

  get sidebar(): Locator {
    return this.page.getByRole('navigation', { name: 'Rooms' });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^Message / });
  }

  get messages(): Locator {
    return this.page.getByRole('region', { name: 'Messages', exact: true }).getByRole('article');
  }

  /** The text at the foot of the sidebar; on a phone it is hidden while a room is open. */
  get status(): Locator {
    return this.page.locator('.link-status');
  }

  get address(): string {
    return new URL(this.page.url()).pathname;
  }

  get roomId(): string {
    const id = /^\/rooms\/([^/]+)$/.exec(this.address)?.[1];
    if (!id) throw new Error(`${this.name} is not in a room but at ${this.address}`);
    return id;
  }

  /** The session's token, for programs. */
  async token(): Promise<string> {
    return (await this.cookie()).split('=')[1] ?? '';
  }

  message(text: string): Locator {
    return this.messages.filter({ has: this.page.getByText(text, { exact: true }) });
  }

  /** A room in the sidebar. */
  row(room: string): Locator {
    return this.sidebar.getByRole('link', { name: new RegExp(`^${escaped(room)}( ?, (unread|mentions): .+)?$`) });
  }

  // Signing in, connecting and loading pages.

  async fillsIn(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.page.getByLabel(label).fill(value);
  }

  /** Fills in and submits the form at /sign-in. */
  async signsIn(password = this.password): Promise<void> {
    await this.fillsIn({ Handle: this.handle, Password: password });
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async signsOut(): Promise<void> {
    await this.showsRooms();
    await this.sidebar.locator('summary').click();
    await this.sidebar.getByRole('button', { name: 'Sign out' }).click();
    await expect(this.page).toHaveURL(/\/sign-in$/);
  }

  async goesTo(path: string): Promise<void> {
    await this.page.goto(path);
    await this.isLive();
  }

  async reloads(): Promise<void> {
    await this.page.reload();
    await this.isLive();
  }

  /** The page is connected to the server. */
  async isLive(): Promise<void> {
    await expect(this.page.locator('.link-status[data-link="live"]')).toBeAttached({ timeout: 20_000 });
    await expect(this.status).toHaveText('Live');
  }

  /** Opens the same page in another tab, with the same session. */
  async opensTab(): Promise<Person> {
    const tab = new Person(this, await this.page.context().newPage());
    await tab.goesTo(this.address);
    return tab;
  }

  /** Presses Tab until an element has the focus. */
  async tabsTo(target: Locator): Promise<void> {
    const isThere = () => target.evaluate((element) => element === document.activeElement);
    for (let presses = 0; presses < 40 && !(await isThere()); presses++) await this.page.keyboard.press('Tab');
    await expect(target).toBeFocused();
  }

  /** The page's connection, for a test to hold or cut. Reloads the page. */
  async line(): Promise<Line> {
    const line = await Line.of(this.page);
    await this.reloads();
    return line;
  }

  /** Reloads the page without its client, which waits for the returned function. */
  async reloadsSlowly(): Promise<() => void> {
    let letGo = () => {};
    const waiting = new Promise<void>((resolve) => (letGo = resolve));
    await this.page.route('**/*.wasm', async (route) => {
      await waiting;
      await route.continue();
    });
    await this.page.reload({ waitUntil: 'commit' });
    return letGo;
  }

  async cookie(): Promise<string> {
    const cookies = await this.page.context().cookies();
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  // Rooms.

  /** Shows the list of rooms: on a wide screen it is always in view. */
  async showsRooms(): Promise<void> {
    if (this.isOnPhone && this.address !== '/') await this.page.getByRole('link', { name: 'Back to the rooms' }).click();
    await expect(this.sidebar).toBeVisible();
  }

  async isIn(room: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: room, exact: true })).toBeVisible();
    await expect(this.composer).toBeVisible();
  }

  async createRoom(name: string, { isPrivate = false } = {}): Promise<void> {
    await this.showsRooms();
    await this.sidebar.getByRole('button', { name: 'Create a room' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Create a room' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel(/^Private/).setChecked(isPrivate);
    await dialog.getByRole('button', { name: 'Create room' }).click();
    await this.isIn(name);
  }

  async browsesRooms(): Promise<void> {
    await this.showsRooms();
    await this.sidebar.getByRole('link', { name: 'Browse all rooms' }).click();
    await expect(this.page.getByRole('heading', { name: 'All rooms' })).toBeVisible();
  }

  /** A public room on the page that lists them. */
  card(room: string): Locator {
    const heading = this.page.getByRole('heading', { level: 2, name: room, exact: true });
    return this.page.getByRole('main').getByRole('listitem').filter({ has: heading });
  }

  async joinRoom(name: string): Promise<void> {
    await this.browsesRooms();
    await this.card(name).getByRole('button', { name: 'Join' }).click();
    await this.isIn(name);
  }

  async opens(room: string): Promise<void> {
    await this.showsRooms();
    await this.row(room).click();
    await this.isIn(room);
  }

  async invites(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Invite people' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Invite people' });
    await dialog.getByLabel(name).check();
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await expect(dialog).toBeHidden();
  }

  async startsDirectWith(name: string): Promise<void> {
    await this.showsRooms();
    await this.sidebar.getByRole('button', { name: 'Start a direct conversation' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Start a direct conversation' });
    await dialog.getByLabel('Find people').fill(name);
    await dialog.getByLabel(name).check();
    await dialog.getByRole('button', { name: 'Start conversation' }).click();
    await this.isIn(name);
  }

  /** Expects a room's unread count in the sidebar; 0 means no count. */
  async hasUnread(room: string, count: number): Promise<void> {
    const row = this.row(room);
    await expect(row).toHaveCount(1);
    await expect(row.getByText(', unread: ')).toHaveCount(count ? 1 : 0);
    if (count) await expect(row).toHaveAccessibleName(new RegExp(`, unread: ${count}(?! ?\\d)`));
  }

  /** Expects a room's count of unread mentions in the sidebar; 0 means no count. */
  async hasMentions(room: string, count: number): Promise<void> {
    const row = this.row(room);
    await expect(row).toHaveCount(1);
    await expect(row.getByText(', mentions: ')).toHaveCount(count ? 1 : 0);
    if (count) await expect(row).toHaveAccessibleName(new RegExp(`, mentions: ${count}$`));
  }

  // Messages.

  /** Sends the text in the composer: with the key on a wide screen, with the button on a phone. */
  async submits(): Promise<void> {
    if (this.isOnPhone) await this.page.getByRole('button', { name: 'Send' }).click();
    else await this.composer.press('Enter');
  }

  async sends(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.submits();
    await expect(this.composer).toHaveValue('');
  }

  /** Expects the message once, and stored. */
  async sees(text: string): Promise<void> {
    await expect(this.message(text)).toHaveCount(1);
    await expect(this.message(text)).toBeVisible();
    await expect(this.message(text)).toHaveAttribute('data-seq', /^\d+$/);
  }

  /** Hovers over a message; on a touch screen, taps on it. */
  async pointsAt(text: string): Promise<void> {
    // A pending message has no toolbar yet.
    await expect(this.message(text)).toHaveAttribute('data-seq', /^\d+$/);
    // The toolbar of another message may cover the right part.
    if (this.isOnPhone) await this.message(text).locator('.message-text').tap({ position: { x: 8, y: 8 } });
    else await this.message(text).hover();
  }

  // Threads.

  /** The open thread: a panel beside the room, or a screen on a phone. */
  get thread(): Locator {
    return this.page.getByRole('complementary', { name: 'Thread', exact: true });
  }

  get threadComposer(): Locator {
    return this.thread.getByRole('textbox', { name: 'Reply in this thread' });
  }

  /** The replies of the open thread, after their parent. */
  get threadTexts(): Locator {
    return this.thread.getByRole('article').locator('.message-text');
  }

  /** The link from a message to its replies. */
  replies(text: string): Locator {
    return this.message(text).getByRole('link', { name: /repl(y|ies)/ });
  }

  /** Opens the thread of a message, also when it has no replies. */
  async opensThread(text: string): Promise<void> {
    await this.pointsAt(text);
    await this.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Reply in thread' }).click();
    await expect(this.thread).toBeVisible();
  }

  async repliesWith(text: string): Promise<void> {
    await this.threadComposer.fill(text);
    if (this.isOnPhone) await this.thread.getByRole('button', { name: 'Send reply' }).click();
    else await this.threadComposer.press('Enter');
    await expect(this.threadComposer).toHaveValue('');
  }

  /** Closes the open panel; on a phone, goes back. */
  async closesPanel(): Promise<void> {
    await this.page.getByRole('complementary').getByRole('button', { name: 'Close' }).click();
  }

  /** Expects the count of unread replies at the sidebar's link to threads; 0 means no count. */
  async hasUnreadReplies(count: number, mentions = 0): Promise<void> {
    const said = (what: string, many: number) => (many ? ` ?, ${what}: ${many}` : '');
    const name = `Threads${said('unread', count)}${said('mentions', mentions)}`;
    await this.showsRooms();
    await expect(this.sidebar.getByRole('button', { name: /^Threads/ })).toHaveAccessibleName(new RegExp(`^${name}$`));
  }

  /** The uppermost message that is fully in view. */
  firstInView(): Locator {
    return this.page.locator('article[data-first-in-view]');
  }

  /**
   * Scrolls towards the top until earlier messages load, and back to the page in view. Returns
   * where a message was on the screen, in CSS pixels from its top, before and after they came.
   */
  async scrollsUpToEarlierMessages(): Promise<{ before: number; after: number }> {
    return this.page.getByRole('region', { name: 'Messages', exact: true }).evaluate(async (scroller) => {
      const articles = () => [...scroller.querySelectorAll<HTMLElement>('article[data-seq]')];
      const frame = () => new Promise(requestAnimationFrame);
      const count = articles().length;
      scroller.scrollTop = 300 - (scroller.scrollHeight - scroller.clientHeight);
      const { top } = scroller.getBoundingClientRect();
      const anchor = articles().find((article) => article.getBoundingClientRect().top >= top + 50);
      if (!anchor) throw new Error('no message is in view');
      const before = anchor.getBoundingClientRect().top;
      while (articles().length === count) await frame();
      await frame();
      await frame();
      const same = articles().find((article) => article.dataset.seq === anchor.dataset.seq);
      for (const article of articles()) delete article.dataset.firstInView;
      same!.dataset.firstInView = '';
      return { before, after: same!.getBoundingClientRect().top };
    });
  }

  /** From here on, records the largest number of messages on the page. */
  async watchesForDoubles(): Promise<void> {
    await this.page.getByRole('log').evaluate((log) => {
      const count = () => log.querySelectorAll('article').length;
      log.dataset.most = String(count());
      new MutationObserver(() => (log.dataset.most = String(Math.max(Number(log.dataset.most), count())))).observe(log, { childList: true, subtree: true });
    });
  }

  async mostMessagesSeen(): Promise<number> {
    return Number(await this.page.getByRole('log').getAttribute('data-most'));
  }

  /** Expects a sentence that the page shows in reply. */
  async isTold(sentence: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
