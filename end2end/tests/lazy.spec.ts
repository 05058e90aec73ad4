import { expect, test } from '../support/test.ts';

/** The code and styles of the lazy chunks. */
const parts = /split_parts|\/styles\//;

test('a room works before its lazy chunks are loaded', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const loaded: string[] = [];
  ada.page.on('request', (request) => {
    if (parts.test(request.url())) loaded.push(request.url());
  });
  await ada.reloads();
  await ada.sends('Nothing else is needed for this.');
  await ada.sees('Nothing else is needed for this.');
  expect(loaded).toEqual([]);

  await ada.page.getByRole('button', { name: /^Members: / }).click();
  const panel = ada.page.getByRole('complementary', { name: 'Members' });
  await expect(panel).toContainText('Ada Lovelace');
  expect(loaded).toHaveLength(2);
  await expect(panel).toHaveCSS('border-left-style', 'solid');
  // Its icons are rendered: a chunk has strings of its own.
  await expect(panel.getByRole('button', { name: 'Close' }).locator('svg').filter({ visible: true })).toHaveCount(1);
});

test('the inspector is loaded only when it is opened', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  let isLoaded = false;
  await ada.page.route(/split_inspector/, async (route) => {
    isLoaded = true;
    await route.continue();
  });
  await ada.reloads();
  await ada.page.getByRole('button', { name: /^Members: / }).click();
  await expect(ada.page.getByRole('complementary', { name: 'Members' })).toContainText('Ada Lovelace');
  expect(isLoaded).toBe(false);

  await ada.showsRooms();
  await ada.sidebar.getByRole('button', { name: 'Under the hood' }).click();
  await expect(ada.page.getByRole('complementary', { name: 'Under the hood' })).toContainText('0 frames');
  expect(isLoaded).toBe(true);
});

for (const missing of [/split_parts/, /\/styles\//]) {
  test(`a lazy chunk that fails to load shows a sentence and loads later: ${missing}`, async ({ workspace }) => {
    const ada = await workspace.setUp('Ada Lovelace');
    workspace.complaints.expect(/Failed to fetch|net::ERR_FAILED .*(split_parts|styles)/);
    await ada.page.route(missing, (route) => route.abort());
    await ada.reloads();
    await ada.page.getByRole('button', { name: /^Members: / }).click();
    await ada.isTold('This part of the page could not be loaded.');

    await ada.page.unroute(missing);
    await ada.page.getByRole('button', { name: 'Try again' }).click();
    const panel = ada.page.getByRole('complementary', { name: 'Members' });
    await expect(panel).toContainText('Ada Lovelace');
    await expect(panel).toHaveCSS('border-left-style', 'solid');
  });
}

test('a lazy chunk renders only after its styles have loaded', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await ada.page.route(/\/styles\//, async (route) => {
    await held;
    await route.continue();
  });
  await ada.reloads();
  const code = ada.page.waitForResponse(/split_parts/);
  const styles = ada.page.waitForRequest(/\/styles\//);
  await ada.page.getByRole('button', { name: /^Members: / }).click();
  await (await code).finished();
  await styles;
  const panel = ada.page.getByRole('complementary', { name: 'Members' });
  await expect(panel).toHaveCount(0);
  letGo();
  await expect(panel).toHaveCSS('border-left-style', 'solid');
});

test('a room needs no lazy styles', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('**Bold**, `code`, @grace.hopper\n\n> a quote\n\n- a list\n\n|a|b|\n|-|-|\n|c|d|\n');
  await grace.sees('a quote');
  await grace.opensThread('a quote');
  await grace.repliesWith('Indeed, @ada.lovelace.');
  await grace.closesPanel();
  await ada.pointsAt('a quote');
  await ada.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Pin' }).click();
  await expect(ada.replies('a quote')).toContainText('mentions');
  await ada.page.mouse.move(0, 0);
  const line = await ada.line();
  await ada.reloads();
  await line.cut();
  await ada.sends('On its way.');
  await expect(ada.messages.last()).toContainText('On its way.');

  const needed = await ada.page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('#lazy-styles');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetch(link?.href ?? '')).text());
    const rules = (list: CSSRuleList): CSSRule[] => [...list].flatMap((rule) => (rule instanceof CSSMediaRule ? rules(rule.cssRules) : [rule]));
    const selectors = rules(sheet.cssRules).flatMap((rule) => (rule instanceof CSSStyleRule ? [rule.selectorText] : []));
    // A selector that is only a state matches any element.
    const anyInPlace = (selector: string) => selector.replace(/(^|[\s>+~,(])(?=:(?:not\(|:|hover|focus-visible))/g, '$1*');
    const ofElements = (selector: string) => anyInPlace(selector).replace(/:not\([^)]*\)|::[\w-]+|:hover|:focus-visible/g, '');
    return { count: selectors.length, found: selectors.filter((selector) => document.querySelector(ofElements(selector) || '*')) };
  });
  expect(needed.count).toBeGreaterThan(100);
  expect(needed.found).toEqual([]);
  line.mend();
});

test('a page that starts with a lazy chunk has its styles', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('Which engine?');
  await ada.sees('Which engine?');
  await ada.opensThread('Which engine?');
  await ada.repliesWith('The analytical one.');
  await expect(ada.threadTexts).toHaveCount(2);
  const link = ada.page.locator('#lazy-styles');
  for (const path of [ada.address, '/profile', '/browse']) {
    await ada.page.goto(path);
    await expect(link).not.toHaveAttribute('disabled');
  }
  await ada.goesTo(ada.address);
  const signIn = await workspace.visitor();
  await signIn.goto('/sign-in');
  await expect(signIn.locator('.card')).toHaveCSS('display', 'grid');
});
