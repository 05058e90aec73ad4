import { expect, test } from '../support/test.ts';
import type { Person } from '../support/person.ts';

/** Opens the search panel and types. */
async function searches(person: Person, query: string): Promise<void> {
  const panel = person.page.getByRole('complementary', { name: 'Search' });
  if (!(await panel.isVisible())) await person.page.getByRole('button', { name: 'Search', exact: true }).last().click();
  await panel.getByRole('searchbox', { name: 'Search messages' }).fill(query);
}

const hits = (person: Person) => person.page.getByRole('list', { name: 'Results' }).getByRole('link');
const status = (person: Person) => person.page.getByRole('complementary', { name: 'Search' }).getByRole('status');

test('search finds while typing, marks matches and leads to the message in its context', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const program = await workspace.programOf(ada);
  await program.posts(ada.roomId, ['Bring the punched cards.', ...Array.from({ length: 200 }, (_, number) => `Filler ${number}`)]);
  await ada.createRoom('engines');
  await ada.sends('Other cards.');
  await grace.reloads();

  // The index follows the log a moment later.
  await expect(async () => {
    await searches(grace, '');
    await searches(grace, 'punch');
    await expect(hits(grace)).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await expect(hits(grace).first()).toContainText('Ada Lovelace');
  await expect(hits(grace).first().locator('mark')).toHaveText(['punch']);
  await searches(grace, 'cards');
  await expect(status(grace)).toHaveText('1 message');

  await expect(grace.message('Bring the punched cards.')).toHaveCount(0);
  await hits(grace).first().click();
  await expect(grace.message('Bring the punched cards.')).toBeInViewport({ ratio: 1 });
  await expect(grace.message('Bring the punched cards.')).toHaveAttribute('data-sought', 'true');
  await expect(grace.message('Filler 0')).toBeVisible();
  expect(grace.address).toMatch(/^\/rooms\/[^/]+\/3$/);
});

test('results match the latest input, and HTML in messages is text', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const odd = '<img src=x onerror=alert(1)> & <b>bold</b>';
  await ada.sends(odd);
  await ada.sends('Second line of defence');
  await expect(async () => {
    await searches(ada, '');
    await searches(ada, 'onerror');
    await expect(hits(ada)).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await expect(hits(ada).locator('.hit-text')).toHaveText([odd]);
  const field = ada.page.getByRole('searchbox', { name: 'Search messages' });
  await field.fill('');
  await field.pressSequentially('second', { delay: 20 });
  await expect(hits(ada).locator('mark')).toHaveText(['Second']);
  await field.fill('".*?(" OR NEAR(');
  await expect(status(ada)).toHaveText('No results.');
  await field.fill('from:stranger');
  await expect(status(ada)).toHaveText('“from:stranger” matches nothing here.');
});

test('a click turns a filter on and off', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await grace.sends('Cards of Grace: https://example.org');
  await ada.sends('Cards of Ada');
  await ada.createRoom('engines');
  await ada.sends('Cards in the engine room');
  await expect(async () => {
    await searches(ada, '');
    await searches(ada, 'cards');
    await expect(hits(ada)).toHaveCount(3, { timeout: 1_000 });
  }).toPass();
  const button = (name: string) => ada.page.getByRole('group', { name: 'Filters' }).getByRole('button', { name });
  await button('In this room').click();
  await expect(hits(ada)).toHaveCount(1);
  await expect(button('In this room')).toHaveAttribute('aria-pressed', 'true');
  await button('In this room').click();
  await button('With a link').click();
  await expect(hits(ada)).toHaveCount(1);
  await expect(hits(ada).first()).toContainText('Grace Hopper');
});
