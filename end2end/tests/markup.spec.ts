import { expect, test } from '../support/test.ts';

test('Markdown is rendered for everyone and after a reload', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const text = [
    'Notes on **Bernoulli** numbers, @grace.hopper :wave:',
    '',
    '- *first* ~~third~~',
    '- `B2 = 1/6`',
    '',
    '> Quoted, see https://example.org/notes',
    '',
    '```rust',
    'let b2 = 1.0 / 6.0; // exact enough',
    '```',
  ].join('\n');
  await ada.sends(text);
  const looksRight = async (message: ReturnType<typeof grace.messages.first>) => {
    await expect(message.locator('strong')).toHaveText('Bernoulli');
    await expect(message.locator('li')).toHaveCount(2);
    await expect(message.locator('li em')).toHaveText('first');
    await expect(message.locator('li del')).toHaveText('third');
    await expect(message.locator('.mention')).toHaveText('@Grace Hopper');
    await expect(message).toContainText('👋');
    await expect(message.locator('blockquote a')).toHaveAttribute('href', 'https://example.org/notes');
    await expect(message.locator('blockquote a')).toHaveAttribute('target', '_blank');
    await expect(message.locator('pre .hl-k')).toHaveText('let');
  };
  await looksRight(grace.messages.last());
  await looksRight(ada.messages.last());
  await grace.reloads();
  await looksRight(grace.messages.last());
});

test('a message neither runs code nor breaks out of its element', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const payloads = [
    '<script>document.title = "owned"</script>',
    '<img src=x onerror="document.title = \'owned\'">',
    '<svg onload="document.title = \'owned\'"></svg>',
    '<style>body { display: none }</style>',
    '<iframe srcdoc="<script>parent.document.title = 1</script>"></iframe>',
    '**bold** <b onmouseover="document.title = \'owned\'">x</b>',
    '[click](javascript:document.title="owned")',
    '[click](data:text/html,<script>alert(1)</script>)',
    '![x](https://example.org/x.png" onerror="document.title=1)',
    '```"><img src=x onerror=document.title=1>\ncode\n```',
    '<a href="javascript:document.title=1">x</a> *y*',
    '</div></article></main><form action="https://example.org">*x*<input name=password>',
  ];
  for (const payload of payloads) await ada.sends(payload);
  await expect(grace.messages).toHaveCount(payloads.length);
  await grace.reloads();
  await expect(grace.messages).toHaveCount(payloads.length);
  const inside = grace.messages.locator('.message-text');
  await expect(inside.locator('script, img, svg, style, iframe, form, input, b, [onerror], [onload], [onmouseover]')).toHaveCount(0);
  for (const href of await inside.locator('a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol))) {
    expect(['http:', 'https:']).toContain(href);
  }
  await expect(grace.page).not.toHaveTitle(/owned|^1$/);
  await expect(grace.composer).toBeVisible();
});
