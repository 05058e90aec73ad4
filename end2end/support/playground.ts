/** The playground of /how-it-works, with verbs for what people do there. */

import { expect, type Locator, type Page } from '@playwright/test';

export class Playground {
  /** The sentences about each step. */
  readonly story: Locator;

  private constructor(readonly page: Page) {
    this.story = page.getByRole('log', { name: 'What happens' });
  }

  /** Opens the page; all three browsers are connected when this returns. */
  static async open(page: Page): Promise<Playground> {
    await page.goto('/how-it-works');
    const playground = new Playground(page);
    for (const number of [1, 2, 3]) await playground.isLive(number);
    return playground;
  }

  browser(number: number): Locator {
    return this.page.getByRole('region', { name: `Browser ${number}` });
  }

  async isLive(number: number): Promise<void> {
    await expect(this.browser(number)).toContainText('On the line');
  }

  /** The name that the server gave it. */
  async nameOf(number: number): Promise<string> {
    return this.browser(number).getByRole('heading').locator('strong').innerText();
  }

  async says(number: number, text: string, to = 'Everyone'): Promise<void> {
    const browser = this.browser(number);
    await browser.getByLabel('To').selectOption(to);
    await browser.getByLabel('Message').fill(text);
    await browser.getByRole('button', { name: 'Send' }).click();
  }

  /** The texts that it has received. */
  heard(number: number): Locator {
    return this.browser(number).getByRole('list', { name: `What browser ${number} hears` }).locator('.heard-text');
  }

  async joins(number: number, room: string): Promise<void> {
    const button = this.browser(number).getByRole('group', { name: 'Rooms' }).getByRole('button', { name: room });
    await button.click();
    await expect(button).toHaveAttribute('aria-pressed', 'true');
  }

  async goesTo(number: number, namespace: 'Lobby' | 'Garden'): Promise<void> {
    await this.browser(number).getByRole('group', { name: 'Namespace' }).getByRole('button', { name: namespace }).click();
    await this.isLive(number);
  }

  async cuts(number: number): Promise<void> {
    await this.browser(number).getByRole('button', { name: 'Cut the line' }).click();
    await expect(this.browser(number)).toContainText('No line');
  }

  async restores(number: number): Promise<void> {
    await this.browser(number).getByRole('button', { name: 'Restore the line' }).click();
    await this.isLive(number);
  }

  /** Runs "Show me" of an idea, from the first step to the last. */
  async shows(idea: string): Promise<void> {
    const button = this.page.getByRole('button', { name: `Show me: ${idea}` });
    await button.click();
    await expect(button).toHaveAttribute('aria-disabled', 'false', { timeout: 30_000 });
  }
}
