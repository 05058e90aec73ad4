/** Each test has an empty workspace of its own. */

import { test as base } from '@playwright/test';
import { Workspace } from './workspace.ts';

export { expect } from '@playwright/test';

export const test = base.extend<{ flags: string; workspace: Workspace }>({
  /** Further flags of the server, with spaces between them. */
  flags: ['', { option: true }],
  workspace: async ({ browser, flags }, use, info) => {
    const workspace = await Workspace.open(browser, 'empty', flags.split(' ').filter(Boolean));
    await use(workspace);
    if (info.status !== info.expectedStatus) await info.attach('server log', { body: workspace.log });
    await workspace.close();
  },
});
