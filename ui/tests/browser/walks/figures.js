/** What a person does with the figures, by keyboard. */
import assert from 'node:assert/strict';

/** @typedef {import('playwright-core').Page} Page */

export const FIGURE_WALKS = [
  {
    name: 'figures: days are walked and opened by keyboard',
    fixture: 'month',
    hash: 'overview',
    go: walkDays,
  },
  {
    name: 'figures: a click on a day leads to its commits',
    fixture: 'month',
    hash: 'overview',
    go: clickDay,
  },
  { name: 'figures: a sprint is found by typing', fixture: 'huge-board', hash: 'board', go: findSprint },
  { name: 'figures: the burndown opens and stays by keyboard', fixture: 'data', hash: 'board', go: burndown },
];

/** @param {Page} page */
const focusedDay = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-day'));

/** @param {Page} page */
async function walkDays(page) {
  const days = page.getByTestId('day');
  await days.last().focus();
  const today = await focusedDay(page);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focusedDay(page), await days.nth(27).getAttribute('data-day'), 'two days before today');
  await page.keyboard.press('Home');
  assert.equal(await focusedDay(page), await days.first().getAttribute('data-day'));
  await page.keyboard.press('End');
  assert.equal(await focusedDay(page), today);
  await page.keyboard.press('Tab');
  assert.equal(await focusedDay(page), null, 'all days are one stop on the way');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focusedDay(page), today, 'and one comes back to where one was');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Commits' }).waitFor();
  assert.match(page.url(), new RegExp(`since=${today}&until=${today}`), 'the address names the day');
}

/** @param {Page} page */
async function clickDay(page) {
  const day = page.getByTestId('day').nth(18);
  const name = (await day.getAttribute('aria-label')) ?? '';
  const count = Number(/: (\d+) commit/.exec(name)?.[1] ?? 0);
  await day.click();
  await page.getByRole('heading', { level: 1, name: 'Commits' }).waitFor();
  if (count > 0) await page.getByTestId('commit-row').first().waitFor();
  assert.equal(await page.getByTestId('commit-row').count(), count, `as many as the bar says: ${name}`);
}

/** @param {Page} page */
async function findSprint(page) {
  await page.getByTestId('sprint-select').focus();
  await page.keyboard.type('old 1999');
  await page.getByRole('option', { name: 'Old 1999' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Old 1999' }).waitFor();
  assert.match(page.url(), /sprint=6999/);
}

/** @param {Page} page */
async function burndown(page) {
  await page.getByTestId('burndown-toggle').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('burndown').getByText('34 points when it began').waitFor();
  await page.getByTestId('show-table').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('burndown-change').first().getByRole('link').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('card-detail').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('card-detail').waitFor({ state: 'detached' });
}
