import { expect, test } from '../support/test.ts';

test('a reply opens a thread beside the room, which shows the number and authors of replies', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Which engine shall we build?');
  await grace.sees('Which engine shall we build?');

  await grace.opensThread('Which engine shall we build?');
  await expect(grace.thread).toContainText('No replies yet');
  await grace.repliesWith('The **analytical** one.');
  await expect(grace.threadTexts).toHaveText(['Which engine shall we build?', 'The analytical one.']);
  await expect(grace.thread.locator('strong')).toHaveText('analytical');

  await expect(ada.replies('Which engine shall we build?')).toHaveText(/GH\s*1 reply\s*Last \d+:\d+.*, unread: 1/);
  await expect(ada.messages).toHaveCount(1);
  await ada.replies('Which engine shall we build?').click();
  await expect(ada.threadTexts).toHaveText(['Which engine shall we build?', 'The analytical one.']);
  await ada.repliesWith('With punched cards?');
  await expect(grace.threadTexts).toHaveText(['Which engine shall we build?', 'The analytical one.', 'With punched cards?']);
  await ada.closesPanel();
  await expect(ada.thread).toBeHidden();
  await expect(ada.replies('Which engine shall we build?')).toHaveText(/AL\s*GH\s*2 replies/);
  await expect(ada.replies('Which engine shall we build?')).not.toHaveText(/unread/);
  await ada.reloads();
  await expect(ada.replies('Which engine shall we build?')).toHaveText(/2 replies/);
  await expect(ada.messages).toHaveCount(1);
});

test('unread replies are counted for followers, on all of their devices, and not in the room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const alan = await workspace.signUp('Alan Turing');
  await ada.sends('Does it halt?');
  await grace.sees('Does it halt?');
  await alan.sees('Does it halt?');
  const tablet = await workspace.signIn(ada);
  await ada.createRoom('engines');
  await tablet.opens('engines');

  await grace.opensThread('Does it halt?');
  await grace.repliesWith('In one case.');
  await grace.repliesWith('In general I cannot say.');
  for (const device of [ada, tablet]) {
    await device.hasUnreadReplies(2);
    await device.hasUnread('general', 0);
  }
  await alan.hasUnreadReplies(0);

  await ada.sidebar.getByRole('button', { name: /^Threads/ }).click();
  const list = ada.page.getByRole('complementary', { name: 'Threads' });
  await expect(list.getByRole('listitem')).toHaveText([/Ada Lovelace\s*in #general\s*Does it halt\?.*2 replies/]);
  await list.getByRole('link').click();
  await expect(ada.threadTexts).toHaveText(['Does it halt?', 'In one case.', 'In general I cannot say.']);
  await expect(ada.thread.getByText('New', { exact: true })).toBeVisible();
  await ada.closesPanel();
  for (const device of [ada, tablet]) await device.hasUnreadReplies(0);
  await ada.reloads();
  await ada.hasUnreadReplies(0);
});

test('mentions in a thread are counted beside its unread replies, on all devices', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Does it halt?');
  await grace.sees('Does it halt?');
  const tablet = await workspace.signIn(ada);
  await ada.createRoom('engines');
  await tablet.isIn('general');

  await grace.opensThread('Does it halt?');
  await grace.repliesWith('In one case.');
  await grace.repliesWith('Do you know more, @ada.lovelace?');
  await ada.hasUnreadReplies(2, 1);
  await ada.hasMentions('general', 0);
  await ada.sidebar.getByRole('button', { name: /^Threads/ }).click();
  const list = ada.page.getByRole('complementary', { name: 'Threads' });
  await expect(list.getByRole('listitem')).toHaveText(/, unread: 2.*, mentions: 1/);
  await tablet.showsRooms();
  await tablet.opens('general');
  await expect(tablet.replies('Does it halt?')).toHaveText(/2 replies.*, unread: 2.*, mentions: 1/);
  await tablet.replies('Does it halt?').click();
  await expect(tablet.threadTexts).toHaveCount(3);
  await tablet.closesPanel();
  await tablet.hasUnreadReplies(0);
  await expect(list).not.toContainText('unread');
});

test('replies marked as unread stay unread on every device, even while the thread is in view', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Does it halt?');
  await grace.sees('Does it halt?');
  const tablet = await workspace.signIn(ada);
  await tablet.isIn('general');
  await grace.opensThread('Does it halt?');
  for (const text of ['One.', 'Two.', 'Three.']) await grace.repliesWith(text);
  await tablet.hasUnreadReplies(3);
  await ada.replies('Does it halt?').click();
  await expect(ada.threadTexts).toHaveCount(4);
  await tablet.hasUnreadReplies(0);

  const reply = ada.thread.getByRole('article').filter({ hasText: 'Two.' });
  if (ada.isOnPhone) await reply.locator('.message-text').tap();
  else await reply.hover();
  await ada.thread.getByRole('toolbar').getByRole('button', { name: 'Mark unread from here' }).click();
  const bar = ada.thread.getByRole('region', { name: 'Unread messages' });
  await expect(bar).toContainText('2 messages marked as unread');
  const line = ada.thread.getByText('New', { exact: true });
  await expect(line.locator('xpath=../following-sibling::article[1]')).toContainText('Two.');
  await tablet.hasUnreadReplies(2);
  await grace.repliesWith('Four.');
  await expect(ada.threadTexts).toHaveCount(5);
  await tablet.hasUnreadReplies(3);

  await tablet.sidebar.getByRole('button', { name: /^Threads/ }).click();
  const list = tablet.page.getByRole('complementary', { name: 'Threads' });
  await list.getByRole('button', { name: 'Why this badge?' }).click();
  await expect(list).toContainText(/Grace Hopper replied in #\d+ of #general: “Two\.”; you follow this thread\./);
  await bar.getByRole('button', { name: 'Mark as read' }).click();
  await expect(bar).toBeHidden();
  await expect(list.getByRole('button', { name: 'Why this badge?' })).toBeHidden();
  await grace.repliesWith('Five.');
  await expect(ada.threadTexts).toHaveCount(6);
  await expect(list).toContainText('5 replies');
  await expect(list).not.toContainText('unread');
});

test('a person can follow and unfollow a thread', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const alan = await workspace.signUp('Alan Turing');
  await ada.sends('Does it halt?');
  await grace.sees('Does it halt?');
  await grace.opensThread('Does it halt?');
  await grace.repliesWith('In one case.');

  await alan.replies('Does it halt?').click();
  await alan.thread.getByRole('button', { name: 'Follow' }).click();
  await expect(alan.thread.getByRole('button', { name: 'Following' })).toBeVisible();
  await alan.closesPanel();
  await ada.replies('Does it halt?').click();
  await ada.thread.getByRole('button', { name: 'Following' }).click();
  await expect(ada.thread.getByRole('button', { name: 'Follow', exact: true })).toBeVisible();
  await ada.closesPanel();

  await grace.repliesWith('And in another.');
  await expect(alan.replies('Does it halt?')).toHaveText(/2 replies.*, unread: 1/);
  await expect(ada.replies('Does it halt?')).toHaveText(/2 replies/);
  await alan.hasUnreadReplies(1);
  await ada.hasUnreadReplies(0);
});

test('a reply written without a connection survives a reload, and missed replies arrive', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Which engine?');
  await grace.sees('Which engine?');
  const line = await grace.line();
  await grace.opensThread('Which engine?');
  await expect(grace.thread.getByRole('button', { name: 'Follow' })).toBeVisible();
  await line.cut();
  await expect(grace.thread.locator('.typing')).toHaveText('Reconnecting…');
  await grace.repliesWith('The analytical one.');
  await expect(grace.thread.getByRole('article').last()).toContainText('Sending');
  await grace.threadComposer.fill('A draft of this thread');

  await ada.opensThread('Which engine?');
  await ada.repliesWith('Anybody?');
  await expect(ada.threadTexts).toHaveText(['Which engine?', 'Anybody?']);
  await expect(ada.thread.getByRole('article').last()).toHaveAttribute('data-seq', /^\d+$/);

  await grace.page.reload();
  await expect(grace.threadTexts).toHaveText(['Which engine?', 'Anybody?', 'The analytical one.']);
  await expect(grace.threadComposer).toHaveValue('A draft of this thread');
  await expect(grace.messages).toHaveCount(grace.isOnPhone ? 0 : 1);
  line.mend();
  await grace.isLive();
  for (const person of [ada, grace]) await expect(person.threadTexts).toHaveText(['Which engine?', 'Anybody?', 'The analytical one.']);
  await expect(grace.thread.getByRole('article').last()).not.toContainText('Sending');

  await line.cut();
  await expect(grace.thread.locator('.typing')).toHaveText('Reconnecting…');
  await ada.repliesWith('While you were away.');
  await expect(ada.threadTexts).toHaveCount(4);
  line.mend();
  await expect(grace.threadTexts).toHaveText(['Which engine?', 'Anybody?', 'The analytical one.', 'While you were away.']);
});

test('replies are edited and deleted like messages, and a deleted message keeps its thread', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Which engine?');
  await grace.sees('Which engine?');
  await grace.opensThread('Which engine?');
  await grace.repliesWith('The difference engin.');
  await grace.repliesWith('Never mind.');
  const point = async (text: string) => {
    const reply = grace.thread.getByRole('article').filter({ hasText: text });
    if (grace.isOnPhone) await reply.locator('.message-text').tap();
    else await reply.hover();
  };
  const action = (name: string) => grace.thread.getByRole('toolbar').getByRole('button', { name });

  await point('The difference engin.');
  await expect(action('Reply in thread')).toBeHidden();
  await action('Edit').click();
  const editor = grace.page.getByRole('textbox', { name: 'Edit message' });
  await editor.fill('The difference engine.');
  await grace.page.getByRole('button', { name: 'Save' }).click();
  if (ada.isOnPhone) await ada.replies('Which engine?').tap();
  else await ada.replies('Which engine?').click();
  await expect(ada.threadTexts).toHaveText(['Which engine?', 'The difference engine.', 'Never mind.']);

  await point('Never mind.');
  await action('Delete').click();
  await grace.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  for (const person of [ada, grace]) {
    await expect(person.threadTexts).toHaveText(['Which engine?', 'The difference engine.', 'This message was deleted.']);
  }

  await ada.closesPanel();
  await ada.pointsAt('Which engine?');
  await ada.page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(ada.messages).toHaveText([/This message was deleted\..*2 replies/]);
  await grace.repliesWith('Why?');
  await expect(grace.threadTexts).toHaveText(['This message was deleted.', 'The difference engine.', 'This message was deleted.', 'Why?']);
});

test('a thread has an address, and back leads to its room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const room = ada.address;
  await ada.sends('Which engine?');
  await ada.sees('Which engine?');
  await ada.opensThread('Which engine?');
  await ada.repliesWith('The analytical one.');
  await expect(ada.threadTexts).toHaveText(['Which engine?', 'The analytical one.']);
  const address = ada.address;
  expect(address).toMatch(new RegExp(`^${room}/threads/[^/]+$`));
  await ada.page.goBack();
  await expect(ada.thread).toBeHidden();
  expect(ada.address).toBe(room);
  await ada.page.goForward();
  await expect(ada.thread).toBeVisible();

  const again = await workspace.signIn(ada);
  await again.page.goto(address);
  await expect(again.threadTexts).toHaveText(['Which engine?', 'The analytical one.']);
  await again.isLive();
  await again.repliesWith('With a mill.');
  await expect(ada.threadTexts).toHaveText(['Which engine?', 'The analytical one.', 'With a mill.']);
  await again.closesPanel();
  await expect(again.thread).toBeHidden();
  expect(again.address).toBe(room);
  await expect(again.composer).toBeVisible();
});

test('a long thread loads page by page and keeps its position when more arrives', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const replies = Array.from({ length: 70 }, (_, number) => `Reply ${number + 1}`);
  const program = await workspace.programOf(ada);
  await program.postsThread(grace.roomId, 'What shall we compute?', replies);
  await grace.replies('What shall we compute?').click();
  await expect(grace.threadTexts.last()).toHaveText('Reply 70');
  await expect(grace.threadTexts.last()).toBeInViewport();
  await expect(grace.threadTexts).toHaveCount(51);
  await expect(grace.thread).toContainText('70 replies');

  await grace.thread.getByRole('region', { name: 'Replies' }).evaluate((scroller) => (scroller.scrollTop = 100 - scroller.scrollHeight));
  await expect(grace.threadTexts).toHaveText(['What shall we compute?', ...replies]);
  await ada.replies('What shall we compute?').click();
  await ada.repliesWith('One more.');
  await expect(grace.threadTexts).toHaveCount(72);
  await expect(grace.threadTexts.last()).not.toBeInViewport();
  await grace.thread.getByRole('button', { name: '1 new message' }).click();
  await expect(grace.threadTexts.last()).toBeInViewport();
});

test('a refused reply shows the refusal in the thread', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Which engine?');
  await grace.sees('Which engine?');
  const line = await grace.line();
  await grace.opensThread('Which engine?');
  await line.cut();
  await expect(grace.thread.locator('.typing')).toHaveText('Reconnecting…');
  await grace.repliesWith('The analytical one.');
  await grace.closesPanel();
  await ada.pointsAt('Which engine?');
  await ada.page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(ada.messages).toHaveText([/This message was deleted\./]);

  line.mend();
  await grace.isLive();
  await grace.showsRooms();
  await expect(grace.sidebar.getByRole('button', { name: /^Threads ?, not sent: 1$/ })).toBeVisible();
  await grace.sidebar.getByRole('button', { name: /^Threads/ }).click();
  await grace.page.getByRole('complementary').getByRole('link', { name: 'A reply in #general was not sent.' }).click();
  await expect(grace.thread.getByRole('alert')).toContainText('There is no such message here any more.');
  await expect(grace.threadTexts).toHaveText(['This message was deleted.', 'The analytical one.']);
  await grace.thread.getByRole('button', { name: 'Discard' }).click();
  await grace.closesPanel();
  await grace.showsRooms();
  await expect(grace.sidebar.getByRole('button', { name: 'Threads', exact: true })).toBeVisible();
});

test('typing in a thread shows there and not in the room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Which engine?');
  await grace.sees('Which engine?');
  await ada.opensThread('Which engine?');
  await grace.opensThread('Which engine?');
  await grace.threadComposer.pressSequentially('The');
  await expect(ada.thread.locator('.typing')).toHaveText('Grace Hopper is typing…');
  await expect(ada.page.locator('.pane .typing')).not.toHaveText('Grace Hopper is typing…');
});
