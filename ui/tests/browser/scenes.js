/**
 * Every view in every state: a fixture, a place in it, and what is done there before looking.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ name: string, fixture: string, hash: string, act?: (page: Page) => Promise<unknown> }} Scene
 */
import { COMMITS } from './scenes/commits.js';
import { FIGURES } from './scenes/figures.js';
import { PLACES } from './scenes/places.js';

/** @type {(id: string) => (page: Page) => Promise<void>} */
const click = (id) => (page) => page.getByTestId(id).first().click();

const VIEWS = [
  'overview',
  'commits',
  'board',
  'repositories',
  'accounts',
  'activity',
  'accounts/add',
  'repositories/choose',
  'settings',
];
/** What keeps the background loops from running. */
const BACKGROUND = ['paused', 'paused-open', 'disabled', 'rate-limited', 'offline', 'metered'];
const STATES = ['empty', 'loading', 'failed', 'data', 'extremes'];

/** @type {Scene[]} */
const everywhere = VIEWS.flatMap((hash) =>
  STATES.map((fixture) => ({ name: `${hash.replace('/', '-')}-${fixture}`, fixture, hash })),
);

/** @type {Scene[]} */
const special = [
  ...[
    'connected',
    'tracked',
    'first-sync',
    'quiet',
    'old',
    'attention',
    'crowded',
    'syncing',
    'profiles',
    'no-jira',
    'jira-only',
    'jira-new',
    'jira-boards',
    'jira-failed',
    'sites',
    ...BACKGROUND,
  ].map((fixture) => ({ name: `overview-${fixture}`, fixture, hash: 'overview' })),
  { name: 'overview-skipped', fixture: 'empty', hash: 'overview', act: click('skip-first-run') },
  { name: 'overview-pause', fixture: 'data', hash: 'overview', act: click('pause') },
  { name: 'overview-pause-failed', fixture: 'refused', hash: 'overview', act: pauseInVain },
  { name: 'first-run-offer', fixture: 'tracked', hash: 'overview', act: finishFirstSync },
  ...['paused', 'disabled', 'chosen', 'environment'].map((fixture) => ({
    name: `settings-${fixture}`,
    fixture,
    hash: 'settings',
  })),
  { name: 'settings-other', fixture: 'data', hash: 'settings', act: writeWrongInterval },
  { name: 'settings-quiet', fixture: 'data', hash: 'settings', act: click('setting-quiet_hours') },
  { name: 'settings-refused', fixture: 'refused', hash: 'settings', act: tryInVain },
  { name: 'settings-told', fixture: 'data', hash: 'settings', act: testNotification },
  ...['no-jira', 'jira-only', 'jira-new', 'jira-failed', 'no-sprint', 'many-cards', 'sites', 'syncing'].map(
    (fixture) => ({ name: `board-${fixture}`, fixture, hash: 'board' }),
  ),
  { name: 'board-closed', fixture: 'data', hash: 'board?sprint=41&account=jira' },
  { name: 'board-planned', fixture: 'data', hash: 'board?sprint=44&account=jira' },
  { name: 'board-loose', fixture: 'sites', hash: 'board?sprint=none' },
  { name: 'board-lost', fixture: 'data', hash: 'board?sprint=4711' },
  { name: 'card', fixture: 'data', hash: 'board/CORE-318' },
  { name: 'card-opened', fixture: 'data', hash: 'board', act: click('card-row') },
  { name: 'card-history', fixture: 'data', hash: 'board/OPS-9', act: click('more-changes') },
  { name: 'card-removed', fixture: 'data', hash: 'board/CORE-290' },
  { name: 'card-unknown', fixture: 'data', hash: 'board/NOPE-1' },
  { name: 'card-ambiguous', fixture: 'sites', hash: 'board/CORE-318' },
  { name: 'card-loading', fixture: 'loading', hash: 'board/CORE-318' },
  { name: 'card-extremes', fixture: 'extremes', hash: 'board/VERYLONGPROJECTKEYINDEED-1234567' },
  { name: 'card-endless', fixture: 'extremes', hash: 'board/CORE-2' },
  { name: 'repositories-syncing', fixture: 'syncing', hash: 'repositories' },
  { name: 'repositories-attention', fixture: 'attention', hash: 'repositories' },
  { name: 'repository-invalid', fixture: 'attention', hash: 'repositories/3' },
  { name: 'repository-reading', fixture: 'syncing', hash: 'repositories/4' },
  { name: 'repository-extremes', fixture: 'extremes', hash: 'repositories/1' },
  { name: 'repository-gone', fixture: 'data', hash: 'repositories/4711' },
  { name: 'repository-remove', fixture: 'data', hash: 'repositories/1', act: click('repo-remove') },
  { name: 'repository-add-failed', fixture: 'data', hash: 'repositories', act: addWrongAddress },
  { name: 'choose-outcomes', fixture: 'data', hash: 'repositories/choose', act: trackAll },
  { name: 'accounts-attention', fixture: 'attention', hash: 'accounts' },
  { name: 'account-remove', fixture: 'data', hash: 'accounts', act: click('account-remove') },
  { name: 'account-refused', fixture: 'data', hash: 'accounts/add', act: connectWithBadToken },
  { name: 'connect-jira', fixture: 'data', hash: 'accounts/add?service=jira' },
  { name: 'connect-jira-cloud', fixture: 'data', hash: 'accounts/add?service=jira', act: beginCloud },
  { name: 'connect-jira-wrong', fixture: 'data', hash: 'accounts/add?service=jira', act: connectWrongJira },
  {
    name: 'connect-jira-refused',
    fixture: 'data',
    hash: 'accounts/add?service=jira',
    act: connectRefusedJira,
  },
  { name: 'accounts-sites', fixture: 'sites', hash: 'accounts' },
  { name: 'replace-jira', fixture: 'data', hash: 'accounts/jira/replace-token' },
  { name: 'remove-jira', fixture: 'jira-only', hash: 'accounts', act: click('account-remove') },
  { name: 'first-run-jira', fixture: 'empty', hash: 'overview', act: firstRunWithJira },
  { name: 'account-added', fixture: 'data', hash: 'accounts/add', act: connect },
  { name: 'replace-token', fixture: 'attention', hash: 'accounts/work/replace-token' },
  { name: 'replace-token-unknown', fixture: 'data', hash: 'accounts/nobody/replace-token' },
  { name: 'closing', fixture: 'closing', hash: 'overview', act: (page) => page.waitForSelector('dialog') },
  { name: 'keys', fixture: 'data', hash: 'overview', act: (page) => page.keyboard.press('?') },
];

export const SCENES = [...everywhere, ...special, ...FIGURES, ...PLACES, ...COMMITS];

/** @param {Page} page */
async function addWrongAddress(page) {
  await page.getByTestId('repo-url').fill('somewhere');
  await page.getByTestId('repo-add').click();
  await page.getByTestId('form-error').waitFor();
}

/** @param {Page} page */
async function trackAll(page) {
  for (const box of await page.getByTestId('available-check').all()) {
    if (await box.isEnabled()) await box.check();
  }
  await page.getByTestId('track-chosen').click();
  await page.getByText('could not be added').waitFor();
}

/** @param {Page} page */
async function connectWithBadToken(page) {
  await page.getByTestId('provider-gitlab').click();
  await page.getByTestId('field-token').fill('bad token');
  await page.getByTestId('submit').click();
  await page.getByTestId('form-error').waitFor();
}

/** @param {Page} page */
async function connect(page) {
  await page.getByTestId('field-name').fill('second');
  await page.getByTestId('field-token').fill('good token');
  await page.getByTestId('submit').click();
  await page.getByText('second is connected').waitFor();
}

/** @param {Page} page */
async function beginCloud(page) {
  await page.getByTestId('field-url').fill('https://acme.atlassian.net');
}

/** @param {Page} page */
async function connectWrongJira(page) {
  await beginCloud(page);
  await page.getByTestId('field-projects').fill('CORE, core 7');
  await page.getByTestId('submit').click();
  await page.getByTestId('form-error').first().waitFor();
}

/** @param {Page} page */
async function connectRefusedJira(page) {
  await beginCloud(page);
  await page.getByTestId('field-email').fill('mira@example.org');
  await page.getByTestId('field-token').fill('bad token');
  await page.getByTestId('submit').click();
  await page.getByTestId('form-error').waitFor();
}

/** @param {Page} page */
async function firstRunWithJira(page) {
  await page.getByTestId('provider-jira').click();
  await page.getByTestId('field-url').fill('https://jira.example.net/jira');
  await page.getByTestId('field-token').fill('good token');
  await page.getByTestId('submit').click();
  await page.getByTestId('sync-now').waitFor();
}

/** @param {Page} page */
async function pauseInVain(page) {
  await page.getByTestId('pause').click();
  await page.getByTestId('pause-open').click();
  await page.getByText('The database is locked.').waitFor();
}

/** @param {Page} page */
async function finishFirstSync(page) {
  await page.getByTestId('sync-now').click();
  await page.getByTestId('finish-first-run').waitFor();
  await page.getByTestId('setting-notifications').waitFor();
}

/** @param {Page} page */
async function writeWrongInterval(page) {
  await page.getByTestId('setting-interval_commits').selectOption('other');
  await page.getByTestId('setting-other').fill('soon');
  await page.keyboard.press('Enter');
  await page.getByTestId('form-error').waitFor();
}

/** @param {Page} page */
async function tryInVain(page) {
  await page.getByTestId('open-logs').click();
  await page.getByText('Nothing on this desktop opens folders.').waitFor();
  await page.getByTestId('test-notification').click();
  await page.getByText('Start a notification service').waitFor();
  await page.getByTestId('setting-autostart').click();
  await page.getByTestId('form-error').waitFor();
}

/** @param {Page} page */
async function testNotification(page) {
  await page.getByTestId('test-notification').click();
  await page.getByText('It was sent.').waitFor();
}
