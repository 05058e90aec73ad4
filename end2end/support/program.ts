/** A program that speaks Socket.IO with the official client. */

import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';

type Answer<T> = { ok: T } | { refusal: { code: string; message: string } };

export class Program {
  private constructor(private readonly socket: Socket) {}

  static async connect(address: string, cookie: string): Promise<Program> {
    const socket = io(`${address}/chat`, {
      transports: ['websocket'],
      extraHeaders: { cookie },
      forceNew: true,
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return new Program(socket);
  }

  /** Posts texts into a room, one after the other. */
  async posts(room: string, texts: string[]): Promise<void> {
    await this.asksAll('message:post', texts.map((text) => ({ id: randomUUID(), room, text })));
  }

  /** Posts a message, and replies to it, one after the other. */
  async postsThread(room: string, text: string, replies: string[]): Promise<void> {
    const parent = randomUUID();
    await this.asks('message:post', { id: parent, room, text });
    await this.asksAll('message:post', replies.map((reply) => ({ id: randomUUID(), room, text: reply, parent })));
  }

  disconnect(): void {
    this.socket.disconnect();
  }

  /** Sends many commands without waiting: the server runs those of a connection in order. */
  private async asksAll(command: string, payloads: object[]): Promise<void> {
    const together = 50;
    for (let begin = 0; begin < payloads.length; begin += together) {
      await Promise.all(payloads.slice(begin, begin + together).map((payload) => this.asks(command, payload)));
    }
  }

  /** Sends a command and returns its reply; a refusal throws. */
  async asks<T>(command: string, payload: object): Promise<T> {
    const answer = (await this.socket.timeout(10_000).emitWithAck(command, payload)) as Answer<T>;
    if ('refusal' in answer) throw new Error(`${command}: ${answer.refusal.message}`);
    return answer.ok;
  }
}
