import { expect, test } from '../support/test.ts';

test('the first visit leads to set-up, and the owner is signed in', async ({ workspace }) => {
  const visitor = await workspace.visitor();
  await visitor.goto('/');
  await expect(visitor).toHaveURL(/\/setup$/);
  await expect(visitor.getByRole('heading', { name: 'Set up your workspace' })).toBeVisible();

  const ada = await workspace.setUp('Ada Lovelace');
  await ada.isIn('general');
  await ada.showsRooms();
  await expect(ada.sidebar).toContainText('Analytical Society');
  await expect(ada.sidebar).toContainText('Ada Lovelace');
});

test('a second visitor is led to sign-in and cannot set the workspace up again', async ({ workspace }) => {
  await workspace.setUp('Ada Lovelace');
  const visitor = await workspace.visitor();
  for (const path of ['/', '/setup']) {
    await visitor.goto(path);
    await expect(visitor).toHaveURL(/\/sign-in$/);
    await expect(visitor.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  }
});

test('the later of two simultaneous set-ups is told to sign in', async ({ workspace }) => {
  const late = await workspace.visitor();
  await late.goto('/setup');
  await workspace.setUp('Ada Lovelace');

  await late.getByLabel('Workspace').fill('Society for Difference');
  await late.getByLabel('Your name').fill('Charles Babbage');
  await late.getByLabel('Handle').fill('charles');
  await late.getByLabel('Password').fill('by steam, I trust');
  await late.getByRole('button', { name: 'Create workspace' }).click();

  await expect(late).toHaveURL(/\/sign-in\?/);
  await expect(late.getByRole('alert')).toHaveText('This workspace is set up already. Sign in instead.');
  await expect(late.getByRole('main')).toContainText('Analytical Society');
});
