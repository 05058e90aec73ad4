/** A workspace: one server, and people with browsers of their own. */

import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { Complaints } from './complaints.ts';
import { account, Person, type Account } from './person.ts';
import { Program } from './program.ts';
import { Server } from './server.ts';

export class Workspace {
  readonly complaints = new Complaints();
  private readonly programs: Program[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
  ) {}

  static async open(browser: Browser, content: 'empty' | 'demo' = 'empty', flags: string[] = []): Promise<Workspace> {
    return new Workspace(browser, await Server.open(content, flags));
  }

  get address(): string {
    return this.server.address;
  }

  /** The server's log. */
  get log(): string {
    return this.server.log.join('\n');
  }

  /** A browser without a session. */
  async visitor(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ baseURL: this.address, ...options });
    this.complaints.listenTo(context);
    return context.newPage();
  }

  /** The first visit: creates the workspace and its owner. */
  async setUp(name: string): Promise<Person> {
    const owner = new Person(account(name), await this.visitor());
    await owner.page.goto('/');
    await owner.fillsIn({ Workspace: 'Analytical Society', 'Your name': name, Handle: owner.handle, Password: owner.password });
    await owner.page.getByRole('button', { name: 'Create workspace' }).click();
    await owner.isLive();
    return owner;
  }

  /** A new person creates an account. */
  async signUp(name: string): Promise<Person> {
    const person = new Person(account(name), await this.visitor());
    await person.page.goto('/sign-up');
    await person.fillsIn({ 'Your name': name, Handle: person.handle, Password: person.password });
    await person.page.getByRole('button', { name: 'Create account' }).click();
    await person.isLive();
    return person;
  }

  /** A person with an account signs in on another device. */
  async signIn(who: Account, options: BrowserContextOptions = {}): Promise<Person> {
    const person = new Person(who, await this.visitor(options));
    await person.page.goto('/sign-in');
    await person.signsIn();
    await person.isLive();
    return person;
  }

  /** A program with the session of a person. */
  async programOf(person: Person): Promise<Program> {
    const program = await Program.connect(this.address, await person.cookie());
    this.programs.push(program);
    return program;
  }

  /** The server stops cleanly. */
  async stop(): Promise<void> {
    this.complaints.expectAway();
    await this.server.stop();
  }

  /** The server is killed. */
  async kill(): Promise<void> {
    this.complaints.expectAway();
    await this.server.kill();
  }

  /** The server starts again, at the same address, with the same data. */
  async start(): Promise<void> {
    await this.server.start();
  }

  async close(): Promise<void> {
    for (const program of this.programs) program.disconnect();
    for (const context of this.browser.contexts()) await context.close();
    await this.server.close();
    expect(this.complaints.unexpected(), 'no browser complains').toEqual([]);
  }
}
