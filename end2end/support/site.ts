/** A small site on this machine that people link to. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { picture } from './files.ts';

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>No. 1</title>
<meta property="og:site_name" content="Analytical Society">
<meta property="og:title" content="The Analytical Engine &lt;img src=x onerror=alert(1)&gt;">
<meta property="og:description" content="It weaves algebraical patterns just as the Jacquard loom weaves flowers and leaves.">
<meta property="og:image" content="/engine.png"></head><body>…</body></html>`;

const PLAIN = '<!doctype html><title>A page without a picture</title>';

export class Site {
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Site> {
    const engine = picture('engine.png', 600, 400, [90, 140, 200]).buffer;
    const server = createServer((request, response) => {
      if (request.url === '/engine.png') response.setHeader('content-type', 'image/png').end(engine);
      else response.setHeader('content-type', 'text/html').end(request.url === '/plain' ? PLAIN : PAGE);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Site(server);
  }

  link(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${path}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
