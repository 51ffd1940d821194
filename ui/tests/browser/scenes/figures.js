/**
 * The figures of Overview, and what the board shows beside its cards.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ name: string, fixture: string, hash: string, act?: (page: Page) => Promise<unknown> }} Scene
 */

/** @type {(id: string) => (page: Page) => Promise<void>} */
const click = (id) => (page) => page.getByTestId(id).first().click();

/** @type {Scene[]} */
export const FIGURES = [
  ...[
    'month',
    'one-repository',
    'forty-repositories',
    'first-day',
    'hostile-names',
    'figures-failed',
    'figures-loading',
  ].map((fixture) => ({ name: `figures-${fixture}`, fixture, hash: 'overview' })),
  { name: 'burndown', fixture: 'data', hash: 'board?burndown=1' },
  { name: 'burndown-table', fixture: 'data', hash: 'board?burndown=1', act: click('show-table') },
  ...['cards', 'restless', 'one-day', 'fresh', 'failed'].map((kind) => ({
    name: `burndown-${kind}`,
    fixture: `burndown-${kind}`,
    hash: 'board?burndown=1',
  })),
  {
    name: 'burndown-restless-table',
    fixture: 'burndown-restless',
    hash: 'board?burndown=1',
    act: click('show-table'),
  },
  { name: 'burndown-hostile', fixture: 'hostile-names', hash: 'board?burndown=1' },
  { name: 'burndown-none', fixture: 'data', hash: 'board?sprint=41&account=jira&burndown=1' },
  { name: 'burndown-loading', fixture: 'burndown-loading', hash: 'board?burndown=1' },
  { name: 'board-filtered', fixture: 'data', hash: 'board?text=the&assignee=Jonas+Wei%C3%9F' },
  { name: 'board-no-match', fixture: 'data', hash: 'board?text=nothing-has-this' },
  { name: 'board-huge', fixture: 'huge-board', hash: 'board' },
  { name: 'board-finder', fixture: 'huge-board', hash: 'board', act: findSprint },
  { name: 'card-huge', fixture: 'huge-board', hash: 'board/CORE-1' },
  { name: 'figures-table', fixture: 'month', hash: 'overview', act: click('show-table') },
  { name: 'figures-day', fixture: 'month', hash: 'overview', act: focusDay },
];

/** @param {Page} page */
async function findSprint(page) {
  await page.getByTestId('sprint-select').click();
  await page.keyboard.type('old 19');
}

/** @param {Page} page */
async function focusDay(page) {
  await page.getByTestId('day').last().focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowLeft');
}
