import { account, Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';

/** A script that shows that it ran: it sets the page's title, or hides everything. */
const HOSTILE = [
  '<script>document.title="owned"</script>',
  '<img src=x onerror=document.title="owned">',
  '"><svg onload=document.title="owned">',
  '<style>*{display:none}</style>',
];

test('code in names, rooms, topics and the workspace never runs', async ({ workspace }) => {
  const [script, image, svg, style] = HOSTILE as [string, string, string, string];
  const ada = new Person(account('Ada Lovelace'), await workspace.visitor());
  await ada.page.goto('/');
  await ada.fillsIn({ Workspace: script, 'Your name': image, Handle: ada.handle, Password: ada.password });
  await ada.page.getByRole('button', { name: 'Create workspace' }).click();
  await ada.isLive();
  await ada.showsRooms();
  await ada.sidebar.getByRole('button', { name: 'Create a room' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Create a room' });
  await dialog.getByLabel('Name').fill(svg);
  await dialog.getByLabel('Topic').fill(style);
  await dialog.getByRole('button', { name: 'Create room' }).click();
  await ada.isIn(svg);
  await ada.sends('Is anything odd here?');

  await (await workspace.programOf(ada)).asks('profile:status', { status: { emoji: '', text: script } });

  const grace = await workspace.signUp('Grace Hopper');
  await grace.joinRoom(svg);
  await grace.sees('Is anything odd here?');
  await grace.reloads();
  await expect(grace.page.getByRole('heading', { level: 1, name: svg })).toBeVisible();
  await expect(grace.page.getByText(style)).toBeVisible();
  await expect(grace.page.getByText(image).first()).toBeVisible();
  await expect(grace.message('Is anything odd here?').locator('.status-mark')).toHaveAttribute('title', script);
  await expect(grace.page.locator('[onerror], [onload], body style, img[src="x"]')).toHaveCount(0);
  for (const page of [ada.page, grace.page]) await expect(page).not.toHaveTitle('owned');
});

test('pages carry a policy that allows only their own scripts', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const response = await ada.page.goto(ada.address);
  const policy = response?.headers()['content-security-policy'] ?? '';
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
  expect(scripts).toContain("'nonce-");
  expect(scripts).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  expect(policy).toContain("object-src 'none'");
});

test('a word of ten thousand letters does not widen the page', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('x'.repeat(10_000));
  await ada.sends(`**${'y'.repeat(10_000)}**`);
  await expect(ada.messages).toHaveCount(2);
  const width = await ada.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(width).toBeLessThanOrEqual(0);
  const overflow = await ada.page.getByRole('region', { name: 'Messages', exact: true }).evaluate((region) => region.scrollWidth - region.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
