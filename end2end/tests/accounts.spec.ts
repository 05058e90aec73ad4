import { expect, test } from '../support/test.ts';

test('a new person creates an account and joins the first room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('Welcome, everyone.');
  const grace = await workspace.signUp('Grace Hopper');
  await grace.isIn('general');
  await grace.sees('Welcome, everyone.');
});

test('a signed-out person cannot read until the next sign-in', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('For members only.');
  const room = ada.address;

  await ada.signsOut();
  await ada.page.goto(room);
  await expect(ada.page).toHaveURL(/\/sign-in\?/);
  await expect(ada.page.getByText('For members only.')).toHaveCount(0);

  await ada.signsIn();
  await ada.isLive();
  await ada.sees('For members only.');
});

test('a wrong password shows a sentence and keeps the handle, and the right one signs in', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.signsOut();

  await ada.signsIn('not the password');
  await ada.isTold('That handle and password do not match.');
  await expect(ada.page.getByLabel('Handle')).toHaveValue(ada.handle);
  await expect(ada.page.getByLabel('Password')).toHaveValue('');

  await ada.page.getByLabel('Password').fill(ada.password);
  await ada.page.getByRole('button', { name: 'Sign in' }).click();
  await ada.isLive();
  await ada.isIn('general');
});

test('an unknown handle gets the same answer as a wrong password', async ({ workspace }) => {
  await workspace.setUp('Ada Lovelace');
  const visitor = await workspace.visitor();
  await visitor.goto('/sign-in');
  await visitor.getByLabel('Handle').fill('stranger');
  await visitor.getByLabel('Password').fill('does not matter');
  await visitor.getByRole('button', { name: 'Sign in' }).click();
  await expect(visitor.getByRole('alert')).toHaveText('That handle and password do not match.');
});

test('a taken handle shows a sentence and keeps the input', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const visitor = await workspace.visitor();
  await visitor.goto('/sign-up');
  await visitor.getByLabel('Your name').fill('Ada Byron');
  await visitor.getByLabel('Handle').fill(ada.handle);
  await visitor.getByLabel('Password').fill('another long secret');
  await visitor.getByRole('button', { name: 'Create account' }).click();

  await expect(visitor.getByRole('alert')).toHaveText('This handle is taken. Choose another one.');
  await expect(visitor.getByLabel('Your name')).toHaveValue('Ada Byron');
  await expect(visitor.getByLabel('Handle')).toHaveValue(ada.handle);
  await expect(visitor.getByLabel('Password')).toHaveValue('');
});

test('a short password shows a sentence and creates no account', async ({ workspace }) => {
  await workspace.setUp('Ada Lovelace');
  const visitor = await workspace.visitor();
  await visitor.goto('/sign-up');
  await visitor.getByLabel('Your name').fill('Emmy Noether');
  await visitor.getByLabel('Handle').fill('emmy');
  await visitor.getByLabel('Password').fill('ring');
  await visitor.getByRole('button', { name: 'Create account' }).click();
  await expect(visitor.getByRole('alert')).toHaveText('A password has 10 to 256 characters.');
  await expect(visitor.getByLabel('Handle')).toHaveValue('emmy');
});

test('everyone sees a new name at once', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Byron');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('I have married.');
  await grace.sees('I have married.');

  await ada.goesTo('/profile');
  await ada.page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await ada.page.getByRole('button', { name: 'Save' }).click();

  await expect(ada.page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(grace.message('I have married.')).toContainText('Ada Lovelace');
});

test('a sign-out in one tab shows in the other, which keeps its content', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('Before I go.');
  const tab = await ada.opensTab();
  await tab.sees('Before I go.');

  await ada.signsOut();
  await tab.isTold('Your session has ended. Sign in again to go on.');
  await expect(tab.status).toHaveText('Signed out');
  await expect(tab.message('Before I go.')).toBeVisible();

  await tab.page.getByRole('alert').getByRole('link', { name: 'Sign in' }).click();
  await expect(tab.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
