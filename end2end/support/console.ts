/** The console, with verbs for what an admin does there. */

import { expect, type Locator } from '@playwright/test';
import type { Person } from './person.ts';

export class Console {
  private constructor(readonly of: Person) {}

  /** Opens one of its sections by its address. */
  static async open(person: Person, section = ''): Promise<Console> {
    const console = new Console(person);
    await person.page.goto(`/admin${section && `/${section}`}`);
    await console.isLive();
    return console;
  }

  async isLive(): Promise<void> {
    await expect(this.of.page.locator('.console-status')).toHaveText('Live', { timeout: 20_000 });
  }

  /** Moves to another section without a page load. */
  async goesTo(title: string): Promise<void> {
    const tab = this.of.page.getByRole('navigation', { name: 'Sections of the console' }).getByRole('link', { name: title, exact: true });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-current', 'page');
  }

  /** The items of a list. */
  items(list: string): Locator {
    return this.of.page.getByRole('list', { name: list, exact: true }).locator('> li');
  }

  item(list: string, text: string | RegExp): Locator {
    return this.items(list).filter({ hasText: text });
  }

  get dialog(): Locator {
    return this.of.page.getByRole('dialog');
  }

  async looksFor(words: string): Promise<void> {
    await this.of.page.getByRole('main').getByRole('searchbox').fill(words);
  }

  /** Confirms the dialog. */
  async confirms(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** Clicks a button in an item of a list, and confirms. */
  async does(item: Locator, button: string, confirmed = button): Promise<void> {
    await item.getByRole('button', { name: button, exact: true }).click();
    await this.confirms(confirmed);
  }

  /** Changes a person's role. */
  async makes(name: string, role: string): Promise<void> {
    await this.goesTo('People');
    await this.of.page.getByRole('combobox', { name: `Role of ${name}` }).selectOption(role);
    await this.confirms('Change the role');
    await expect(this.of.page.getByRole('combobox', { name: `Role of ${name}` }).locator('option:checked')).toHaveText(role);
  }

  /** Creates an invitation; returns its link. */
  async invites({ guestOf, uses = 1 }: { guestOf?: string; uses?: number } = {}): Promise<string> {
    await this.goesTo('Invitations');
    await this.of.page.getByRole('button', { name: 'Create an invitation' }).click();
    if (guestOf) {
      await this.dialog.getByLabel(/^A guest/).check();
      await this.dialog.getByRole('combobox', { name: 'Room' }).selectOption(`#${guestOf}`);
    }
    await this.dialog.getByLabel('Number of uses').fill(String(uses));
    await this.dialog.getByRole('button', { name: 'Create the link' }).click();
    const link = await this.dialog.getByRole('textbox', { name: 'Link' }).inputValue();
    await expect(this.dialog.getByRole('img', { name: 'The link as a QR code' }).locator('svg')).toBeVisible();
    await this.dialog.getByRole('button', { name: 'Done' }).click();
    await expect(this.dialog).toBeHidden();
    return link;
  }
}
