/** The connection between a page and the server, under the control of a test. */

import type { Page, WebSocketRoute } from '@playwright/test';

export class Line {
  private readonly sockets = new Set<WebSocketRoute>();
  private held: (() => void)[] | undefined;
  private doomed: { message: RegExp; answer?: string } | undefined;
  private isCut = false;

  /** Intercepts the connections of the page from its next load on. */
  static async of(page: Page): Promise<Line> {
    const line = new Line();
    await page.routeWebSocket(/\/socket\.io\//, (socket) => line.connect(socket));
    return line;
  }

  /** Holds back what the page sends. */
  hold(): void {
    this.held = [];
  }

  /** Releases what was held back. */
  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const send of held) send();
  }

  /** Drops the next message of the page that matches; it may get another answer. */
  lose(message: RegExp, answer?: string): void {
    this.doomed = { message, answer };
  }

  /** True once the message was dropped. */
  get hasLost(): boolean {
    return this.doomed === undefined;
  }

  /** The page loses its connection and cannot reconnect. */
  async cut(): Promise<void> {
    this.isCut = true;
    for (const socket of this.sockets) await socket.close({ code: 1001 });
    this.sockets.clear();
  }

  mend(): void {
    this.isCut = false;
  }

  private connect(socket: WebSocketRoute): void {
    // A socket that is closed before it is open does not tell the page, so it is opened first.
    if (this.isCut) return void setImmediate(() => socket.close({ code: 1001 }));
    this.sockets.add(socket);
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const send = () => server.send(message);
      if (this.doomed?.message.test(String(message))) this.takeAway(socket);
      else if (this.held) this.held.push(send);
      else send();
    });
  }

  private takeAway(socket: WebSocketRoute): void {
    const answer = this.doomed?.answer;
    this.doomed = undefined;
    if (answer) socket.send(answer);
  }
}
