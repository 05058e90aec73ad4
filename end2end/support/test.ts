/** Tests have a workspace of their own, in which nobody has been yet. */

import { test as base } from '@playwright/test';
import { Workspace } from './workspace.ts';

export { expect } from '@playwright/test';

export const test = base.extend<{ workspace: Workspace }>({
  workspace: async ({ browser }, use, info) => {
    const workspace = await Workspace.open(browser);
    await use(workspace);
    if (info.status !== info.expectedStatus) await info.attach('server log', { body: workspace.log });
    await workspace.close();
  },
});
