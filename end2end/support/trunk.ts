/** `trunk serve` for one test: the static single-page client, in front of a server of its own. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Server } from './server.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export class Trunk {
  readonly log: string[] = [];

  private constructor(
    readonly address: string,
    private readonly folder: string,
    private readonly server: Server,
    private readonly child: ChildProcess,
  ) {}

  static async open(): Promise<Trunk> {
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const server = await Server.open('empty', ['--allow-origin', address]);
    const folder = await mkdtemp(join(tmpdir(), 'hubbub-trunk-'));
    const config = join(folder, 'Trunk.toml');
    await writeFile(config, await configuration(server.address, port, folder));
    const child = spawn('trunk', ['serve', '--config', config], { stdio: ['ignore', 'pipe', 'pipe'], cwd: ROOT });
    process.once('exit', () => child.kill('SIGKILL'));
    const trunk = new Trunk(address, folder, server, child);
    await trunk.isReady();
    return trunk;
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    await this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private isReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      for (const stream of [this.child.stdout, this.child.stderr]) {
        if (!stream) throw new Error('the output of trunk is a pipe');
        createInterface({ input: stream }).on('line', (line) => {
          this.log.push(line);
          if (line.includes('server listening at')) resolve();
        });
      }
      this.child.once('error', reject);
      this.child.once('exit', () => reject(new Error(`trunk did not serve:\n${this.log.join('\n')}`)));
    });
  }
}

/** The project's Trunk.toml with another port, another server, and its output elsewhere. */
async function configuration(server: string, port: number, folder: string): Promise<string> {
  const ours = await readFile(join(ROOT, 'Trunk.toml'), 'utf8');
  return ours
    .replaceAll('127.0.0.1:3000', new URL(server).host)
    .replace('port = 8080', `port = ${port}`)
    .replace('target = "', `target = "${ROOT}/`)
    .replace('dist = "dist"', `dist = "${folder}/dist"`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
