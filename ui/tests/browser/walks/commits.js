/** Very many commits, links by hand, and the palette. */
import assert from 'node:assert/strict';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('../walks.js').Walk} Walk
 */

/** @type {Walk[]} */
export const COMMIT_WALKS = [
  { name: 'a million commits scroll without a blank frame', fixture: 'million', hash: 'commits', go: scroll },
  {
    name: 'two lines a commit scroll likewise',
    fixture: 'million',
    hash: 'commits',
    size: { width: 480, height: 800 },
    go: scroll,
  },
  { name: 'commits stay where they are read', fixture: 'million', hash: 'commits', go: readOn },
  { name: 'a commit is found and linked by keyboard', fixture: 'data', hash: 'overview', go: link },
  { name: 'commits are filtered by keyboard', fixture: 'data', hash: 'commits', go: filter },
  { name: 'the palette leads anywhere by keyboard', fixture: 'data', hash: 'overview', go: palette },
];

/**
 * Looks at the list in every frame from now on.
 *
 * @param {Page} page
 */
function watchFrames(page) {
  return page.evaluate(() => {
    const list = /** @type {HTMLElement} */ (document.querySelector('[data-testid=commit-list]'));
    const seen = { frames: 0, blank: /** @type {string[]} */ ([]), slowest: 0, last: performance.now() };
    Object.assign(window, { seen });
    const look = () => {
      const room = list.getBoundingClientRect();
      const rows = [...list.querySelectorAll('li')].map((row) => row.getBoundingClientRect());
      const top = Math.min(...rows.map((row) => row.top));
      const bottom = Math.max(...rows.map((row) => row.bottom));
      seen.frames += 1;
      if (top > room.top + 1 || bottom < room.bottom - 1)
        seen.blank.push(`${seen.frames}: rows from ${top} to ${bottom} in ${room.top} to ${room.bottom}`);
      const now = performance.now();
      seen.slowest = Math.max(seen.slowest, now - seen.last);
      seen.last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** @param {Page} page */
const frames = (page) => page.evaluate(() => /** @type {any} */ (window).seen);

/** @param {Page} page @param {string} text */
const inSight = (page, text) =>
  page.waitForFunction((wanted) => {
    const list = document.querySelector('[data-testid=commit-list]');
    const room = list?.getBoundingClientRect();
    return [...(list?.querySelectorAll('[data-testid=commit-row]') ?? [])].some((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return room && top >= room.top - 1 && bottom <= room.bottom + 1 && row.textContent?.includes(wanted);
    });
  }, text);

/** @param {Page} page */
async function scroll(page) {
  await page.getByText('1,000,010 commits').first().waitFor();
  await watchFrames(page);
  const list = page.getByTestId('commit-list');
  await list.hover();
  for (let step = 1; step <= 60; step += 1) await page.mouse.wheel(0, step * 40);
  for (let step = 1; step <= 60; step += 1) await page.mouse.wheel(0, step * -40);
  await inSight(page, 'Keep the place of a branch whose page failed');
  await page.keyboard.press('j');
  for (let step = 0; step < 40; step += 1) await page.keyboard.press('PageDown');
  await page.keyboard.press('End');
  await inSight(page, 'no. 1');
  await page.mouse.wheel(0, -5_000);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await inSight(page, 'Keep the place of a branch whose page failed');
  for (const share of [0.5, 0.1, 0.9, 0.3333, 0.0001, 0.9999, 0.7]) {
    await list.evaluate((element, at) => {
      element.scrollTop = at * (element.scrollHeight - element.clientHeight);
    }, share);
    await page.mouse.wheel(0, 300);
    await page.waitForFunction(() => document.querySelectorAll('[data-testid=commit-row]').length > 5);
  }
  await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
  await inSight(page, 'no. 1');
  await list.evaluate((element) => (element.scrollTop = 0));
  await inSight(page, 'Keep the place of a branch whose page failed');
  const { frames: count, blank, slowest } = await frames(page);
  assert.deepEqual(blank, [], 'the list is never blank');
  assert.ok(count > 60, `${count} frames were looked at`);
  if (process.env.TELL) console.log(`${count} frames, the slowest after ${Math.round(slowest)} ms`);
}

/** @param {Page} page */
async function readOn(page) {
  await page.getByText('1,000,010 commits').first().waitFor();
  const list = page.getByTestId('commit-list');
  await list.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=commit-row]').length > 8);
  const before = await middleRow(page);
  await page.getByTestId('commit-row').nth(15).click();
  await page.getByTestId('commit-detail').waitFor();
  const open = page.locator('[data-testid=commit-row][aria-current]');
  assert.ok(await open.isVisible(), 'the row that was opened is in sight');
  await page.keyboard.press('Escape');
  await page.getByTestId('commit-detail').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=commit-row]').length > 8);
  assert.equal(await middleRow(page), before, 'the list is where it was');
}

/** @param {Page} page */
const middleRow = (page) =>
  page.evaluate(() => {
    const list = /** @type {HTMLElement} */ (document.querySelector('[data-testid=commit-list]'));
    const { left, top, height } = list.getBoundingClientRect();
    const row = document.elementFromPoint(left + 40, top + height / 2)?.closest('li');
    return row?.dataset.index;
  });

/** @param {Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

/** @param {Page} page */
async function link(page) {
  for (const key of ['g', 'c']) await page.keyboard.press(key);
  await page.keyboard.press('/');
  await page.keyboard.type('lock');
  await page.getByText('1 commit', { exact: true }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByTestId('commit-detail').waitFor();
  await page.keyboard.press('l');
  assert.equal(await focused(page), 'link-field');
  await page.keyboard.type('invoices');
  // Enter takes what was found for all that was typed, and nothing that is listed still for less.
  await page.locator('[data-testid=link-option][aria-selected=true]').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Linked to PAY-77.').waitFor();
  await page.locator('[data-testid=commit-link][data-key=PAY-77]').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'undo-link', 'what takes it back is next');
  await page.keyboard.press('Enter');
  await page.getByText('Undone.').waitFor();
  await page.getByText('It belongs to no card.').waitFor();
  await page.locator('[data-testid=link-field]:focus').waitFor();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await page.getByText('Linked to CORE-325.').waitFor();
}

/** @param {Page} page */
async function filter(page) {
  await page.keyboard.press('/');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'filter-repository');
  await page.keyboard.press('Enter');
  await page.getByTestId('filter-repository-text').waitFor();
  await page.keyboard.type('bill');
  await page.keyboard.press('Enter');
  await page.getByText('2 commits', { exact: true }).first().waitFor();
  assert.equal(await focused(page), 'filter-repository', 'the focus is back on the chip');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'filter-repository-off');
  await page.keyboard.press('Enter');
  await page.getByText('10 commits', { exact: true }).first().waitFor();
  assert.equal(await focused(page), 'filter-repository');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'filter-repository', 'Esc leaves the list and nothing else');
}

/** @param {Page} page */
async function palette(page) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('boa');
  await page.getByTestId('palette-item').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Board' }).waitFor();
  await page.getByTestId('card-row').first().waitFor();
  await page.keyboard.press('j');
  const before = await focused(page);
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('palette').waitFor({ state: 'detached' });
  assert.equal(await focused(page), before, 'the focus is where it was');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('retry reads');
  await page.getByText('Commits with “retry reads”').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByText('1 commit', { exact: true }).first().waitFor();
}
