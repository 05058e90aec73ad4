/** A server process of one test: its own port, its own data folder. */

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** Servers to stop when the tests are interrupted. */
const open = new Set<Server>();
process.once('exit', () => open.forEach((server) => server.abandon()));

const READY = /ready: http:\/\/127\.0\.0\.1:(\d+)/;

export class Server {
  /** Its standard error, over all starts. */
  readonly log: string[] = [];
  private child: ChildProcess | undefined;
  private port = 0;

  private constructor(
    private readonly folder: string,
    private readonly flags: string[],
  ) {}

  /** A server with an empty data folder, or with the demonstration in it; with further flags of `hubbub serve`. */
  static async open(content: 'empty' | 'demo' = 'empty', flags: string[] = []): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'hubbub-end2end-'));
    if (content === 'demo') await promisify(execFile)(binary(), ['demo', '--data', folder], { env: environment() });
    const server = new Server(folder, flags);
    await server.start();
    return server;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the process, on its earlier port if it had one. */
  async start(): Promise<void> {
    // Links in tests lead nowhere, except in tests of previews.
    const previews = this.flags.includes('--link-previews') ? [] : ['--link-previews', 'off'];
    const flags = ['--listen', `127.0.0.1:${this.port}`, '--data', this.folder, ...previews, ...this.flags];
    const child = spawn(binary(), ['serve', ...flags], { env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    this.port = await this.readiness(child);
  }

  /** Asks the process to stop, like a service manager, and waits. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Kills the process, like a power cut. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Ends the process and removes the data folder. */
  async close(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
    open.delete(this);
  }

  /** The same, without waiting for anything. */
  abandon(): void {
    this.child?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  private readiness(child: ChildProcess): Promise<number> {
    return new Promise((resolve, reject) => {
      if (!child.stderr) throw new Error('the standard error of the server is a pipe');
      createInterface({ input: child.stderr }).on('line', (line) => {
        this.log.push(line);
        const port = READY.exec(line)?.[1];
        if (port) resolve(Number(port));
      });
      child.once('error', reject);
      child.once('close', () => reject(new Error(`The server did not start:\n${this.log.join('\n')}`)));
    });
  }
}

function binary(): string {
  const path = process.env.HUBBUB_BIN;
  if (!path) throw new Error('HUBBUB_BIN is not set: run bin/test');
  return path;
}

/**
 * Our environment without settings of the server. Tests are faster than people, so rate limits are 1,000 times as
 * high. The client comes from HUBBUB_SITE, or from the binary.
 */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HUBBUB_'));
  const site = process.env.HUBBUB_SITE;
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', HUBBUB_RATE: '1000', ...(site && { LEPTOS_SITE_ROOT: site }) };
}
