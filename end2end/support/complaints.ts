/** What browsers complain of during a test: errors in the console, exceptions that nobody caught. */

import type { BrowserContext } from '@playwright/test';

/** What a browser says while the server is away on purpose. */
const AWAY = /net::ERR_|WebSocket connection to .* failed/;

export class Complaints {
  private readonly heard: string[] = [];
  private readonly expected: RegExp[] = [];

  listenTo(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.heard.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.heard.push(String(error.error())));
  }

  /** Complaints like this one belong to the test. */
  expect(complaint: RegExp): void {
    this.expected.push(complaint);
  }

  /** From here on the network may fail. */
  expectAway(): void {
    this.expect(AWAY);
  }

  unexpected(): string[] {
    return this.heard.filter((complaint) => !this.expected.some((expected) => expected.test(complaint)));
  }
}
