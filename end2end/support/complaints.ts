/** Complaints of browsers during a test: errors in the console and uncaught exceptions. */

import type { BrowserContext } from '@playwright/test';

/** Messages of a browser while the server is down on purpose. */
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

  /** Expects complaints like this one. */
  expect(complaint: RegExp): void {
    this.expected.push(complaint);
  }

  /** The network may fail from here on. */
  expectAway(): void {
    this.expect(AWAY);
  }

  unexpected(): string[] {
    return this.heard.filter((complaint) => !this.expected.some((expected) => expected.test(complaint)));
  }
}
