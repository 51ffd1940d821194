/**
 * Activity, and what the other places of the rail have learnt beside their usual states.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ name: string, fixture: string, hash: string, act?: (page: Page) => Promise<unknown> }} Scene
 */

/** @type {(id: string) => (page: Page) => Promise<void>} */
const click = (id) => (page) => page.getByTestId(id).first().click();

/** @type {Scene[]} */
export const PLACES = [
  { name: 'activity-syncing', fixture: 'syncing', hash: 'activity' },
  { name: 'activity-quiet', fixture: 'quiet', hash: 'activity' },
  { name: 'activity-unfolded', fixture: 'data', hash: 'activity', act: click('run-stretch') },
  { name: 'activity-full', fixture: 'data', hash: 'activity?full=1' },
  { name: 'activity-trouble', fixture: 'data', hash: 'activity?trouble=1' },
  { name: 'activity-jira', fixture: 'data', hash: 'activity?loop=jira&news=1' },
  { name: 'activity-no-match', fixture: 'quiet', hash: 'activity?trouble=1' },
  { name: 'run', fixture: 'data', hash: 'activity/20000' },
  { name: 'run-partial', fixture: 'data', hash: 'activity/19982' },
  { name: 'run-going-on', fixture: 'syncing', hash: 'activity/20002' },
  { name: 'run-unchanged', fixture: 'data', hash: 'activity/20000', act: unfoldAll },
  { name: 'run-unknown', fixture: 'data', hash: 'activity/4711' },
  { name: 'run-nonsense', fixture: 'data', hash: 'activity/nonsense' },
  { name: 'run-loading', fixture: 'loading', hash: 'activity/20000' },
  { name: 'run-failed', fixture: 'failed', hash: 'activity/20000' },
  { name: 'run-extremes', fixture: 'extremes', hash: 'activity/900' },
  { name: 'accounts-healths', fixture: 'healths', hash: 'accounts' },
  { name: 'accounts-scopes', fixture: 'healths', hash: 'accounts', act: click('account-scopes') },
  { name: 'replace-token-lacking', fixture: 'healths', hash: 'accounts/lacking/replace-token' },
  { name: 'repositories-many', fixture: 'many-repositories', hash: 'repositories' },
  { name: 'repositories-in-need', fixture: 'many-repositories', hash: 'repositories?state=attention' },
  { name: 'repositories-no-match', fixture: 'many-repositories', hash: 'repositories?text=nothing-has-this' },
  { name: 'repositories-several', fixture: 'data', hash: 'repositories', act: click('repo-several') },
  { name: 'repositories-added', fixture: 'data', hash: 'repositories', act: addSeveral },
  { name: 'repository-remove-unread', fixture: 'tracked', hash: 'repositories/1', act: click('repo-remove') },
  { name: 'settings-light', fixture: 'light', hash: 'settings' },
  { name: 'settings-dark', fixture: 'dark', hash: 'settings' },
];

/** @param {Page} page */
async function unfoldAll(page) {
  for (const summary of await page.locator('summary').all()) await summary.click();
}

/** @param {Page} page */
async function addSeveral(page) {
  await page.getByTestId('repo-several').click();
  await page
    .getByTestId('repo-urls')
    .fill(
      'https://github.com/acme/docs\nhttps://github.com/acme/api\nhttps://github.com/mira-k/notes\nsomewhere',
    );
  await page.getByTestId('repo-add-many').click();
  await page.getByText('2 repositories could not be added').waitFor();
}
