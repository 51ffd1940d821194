/**
 * Commits, links by hand and the palette.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('../scenes.js').Scene} Scene
 */

/** @type {(...ids: string[]) => (page: Page) => Promise<void>} */
const clicks =
  (...ids) =>
  async (page) => {
    for (const id of ids) await page.getByTestId(id).first().click();
  };

/** @type {(id: string, text: string, until: string) => (page: Page) => Promise<void>} */
const writes = (id, text, until) => async (page) => {
  await page.getByTestId(id).fill(text);
  await page.getByText(until).first().waitFor();
};

/** @param {Page} page */
const callPalette = async (page) => {
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette-item').first().waitFor();
};

/** @type {Scene[]} */
export const COMMITS = [
  { name: 'commit-detail', fixture: 'data', hash: 'commits', act: openFirst },
  { name: 'commit-detail-extremes', fixture: 'extremes', hash: 'commits', act: openFirst },
  { name: 'commit-gone', fixture: 'data', hash: 'commits/999999' },
  { name: 'commit-loading', fixture: 'loading', hash: 'commits/999999' },
  { name: 'commit-suggested', fixture: 'data', hash: 'commits?text=lock', act: openFirst },
  { name: 'commit-linked', fixture: 'data', hash: 'commits?text=lock', act: linkSuggested },
  { name: 'commit-link-refused', fixture: 'data', hash: 'commits?text=lock', act: linkInVain },
  { name: 'commit-link-found', fixture: 'data', hash: 'commits?text=lock', act: findCard },
  { name: 'commit-link-extremes', fixture: 'extremes', hash: 'commits', act: findHostileCard },
  { name: 'commits-of-card', fixture: 'data', hash: 'commits?card=CORE-318' },
  { name: 'commits-quiet', fixture: 'quiet', hash: 'commits' },
  { name: 'commits-filtered', fixture: 'data', hash: 'commits?unlinked=1&text=lock' },
  {
    name: 'commits-every-filter',
    fixture: 'data',
    hash: 'commits?repo=acme%2Fapi&branch=fix%2Flimits&author=mira%40example.org&since=2020-01-01&until=2030-01-01&card=CORE-318&text=retry',
  },
  { name: 'commits-no-match', fixture: 'data', hash: 'commits?text=nothing-has-this' },
  { name: 'commits-million', fixture: 'million', hash: 'commits', act: scrollFar },
  { name: 'commits-searching', fixture: 'searching', hash: 'commits' },
  { name: 'commits-searching-nothing', fixture: 'searching', hash: 'commits?text=zebra' },
  { name: 'commits-repositories', fixture: 'data', hash: 'commits', act: clicks('filter-repository') },
  { name: 'commits-authors', fixture: 'million', hash: 'commits', act: clicks('filter-author') },
  { name: 'commits-dates', fixture: 'data', hash: 'commits', act: clicks('filter-date') },
  { name: 'commits-cards', fixture: 'extremes', hash: 'commits', act: findFilterCard },
  { name: 'palette-first', fixture: 'data', hash: 'overview', act: callPalette },
  {
    name: 'palette-found',
    fixture: 'data',
    hash: 'commits',
    act: async (page) => (await callPalette(page), writes('palette-text', 're', 'CORE-318')(page)),
  },
  {
    name: 'palette-nothing',
    fixture: 'data',
    hash: 'board',
    act: async (page) => (await callPalette(page), writes('palette-text', 'qqqqq', 'Commits with')(page)),
  },
  {
    name: 'palette-extremes',
    fixture: 'extremes',
    hash: 'overview',
    act: async (page) => (await callPalette(page), writes('palette-text', 'core', 'Commits with')(page)),
  },
];

/** @param {Page} page */
async function openFirst(page) {
  await page.getByTestId('commit-row').first().click();
  await page.getByTestId('commit-detail').waitFor();
}

/** @param {Page} page */
async function linkSuggested(page) {
  await openFirst(page);
  await page.getByTestId('suggestion').first().getByRole('button').click();
  await page.getByTestId('undo-link').waitFor();
}

/** @param {Page} page */
async function linkInVain(page) {
  await openFirst(page);
  await writes('link-field', 'zebra crossing', 'No card has these words.')(page);
  await page.getByTestId('link-field').press('Enter');
  await page.getByTestId('form-error').waitFor();
}

/** @param {Page} page */
async function findCard(page) {
  await openFirst(page);
  await writes('link-field', 'the', 'Keep the place')(page);
}

/** @param {Page} page */
async function findHostileCard(page) {
  await openFirst(page);
  await page.getByTestId('link-field').fill('core');
  await page.getByTestId('link-option').first().waitFor();
}

/** @param {Page} page */
async function findFilterCard(page) {
  await page.getByTestId('filter-card').click();
  await page.getByTestId('filter-card-text').fill('e');
  await page.getByTestId('filter-card-option').first().waitFor();
}

/** @param {Page} page */
async function scrollFar(page) {
  await page.getByTestId('commit-list').evaluate((list) => (list.scrollTop = list.scrollHeight / 2));
  await page.getByText('1,000,010 commits').first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=commit-row]').length > 8);
}
