/** A page like a beginner's: a form, a list, and the official client. */

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const CLIENT = fileURLToPath(new URL('../node_modules/socket.io-client/dist/socket.io.min.js', import.meta.url));

/** The page; `lobby` is the address that it connects to. */
function page(lobby: string): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>My first chat</title><link rel="icon" href="data:,"></head>
  <body>
    <ul id="said"></ul>
    <form id="say"><input id="words" aria-label="Message" autocomplete="off"><button>Send</button></form>
    <script src="/client.js"></script>
    <script>
      const socket = io('${lobby}');
      const words = document.querySelector('#words');
      document.querySelector('#say').addEventListener('submit', (event) => {
        event.preventDefault();
        if (words.value === '') return;
        socket.emit('chat message', words.value);
        words.value = '';
      });
      socket.on('chat message', (text) => {
        const item = document.createElement('li');
        item.textContent = text;
        document.querySelector('#said').append(item);
      });
    </script>
  </body>
</html>`;
}

/** Such a page, on a server of its own. */
export class FirstChat {
  private lobby = '';

  private constructor(private readonly server: Server) {}

  static async open(): Promise<FirstChat> {
    const client = await readFile(CLIENT);
    const server = createServer((request, response) => {
      if (request.url === '/client.js') response.setHeader('content-type', 'text/javascript').end(client);
      else response.setHeader('content-type', 'text/html').end(page(site.lobby));
    });
    const site = new FirstChat(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return site;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The address of the server whose lobby the page uses. */
  leadsTo(address: string): void {
    this.lobby = `${address}/lobby`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
