/** What a person does, step by step, in Chromium and mostly by keyboard. */
import assert from 'node:assert/strict';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ name: string, fixture: string, hash: string, go: (page: Page) => Promise<void> }} Walk
 */

/** @type {Walk[]} */
export const WALKS = [
  { name: 'keys lead to every view', fixture: 'data', hash: 'overview', go: keysLeadToEveryView },
  { name: 'a commit is read by keyboard', fixture: 'data', hash: 'commits', go: readCommit },
  { name: 'a sync shows its progress and its result', fixture: 'data', hash: 'overview', go: sync },
  { name: 'the first run leads to the first sync', fixture: 'empty', hash: 'overview', go: firstRun },
  { name: 'a dialog keeps and returns the focus', fixture: 'data', hash: 'accounts', go: dialogFocus },
];

/** @param {Page} page */
async function keysLeadToEveryView(page) {
  for (const [key, title] of [
    ['c', 'Commits'],
    ['r', 'Repositories'],
    ['a', 'Accounts'],
  ]) {
    await page.keyboard.press('g');
    await page.keyboard.press(key ?? '');
    await page.getByRole('heading', { level: 1, name: title ?? '' }).waitFor();
    const focused = await page.evaluate(() => document.activeElement?.tagName);
    assert.equal(focused, 'H1', 'who opens a view begins at its heading');
  }
}

/** @param {Page} page */
async function readCommit(page) {
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const detail = page.getByTestId('commit-detail');
  await detail.getByText('Retry reads only').waitFor();
  await page.keyboard.press('Escape');
  await detail.waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  await page.keyboard.type('invoices');
  assert.equal(await page.getByTestId('commit-row').count(), 1, 'the filter narrows the list');
}

/** @param {Page} page */
async function sync(page) {
  await page.getByTestId('sync-now').click();
  await page.getByTestId('progress').waitFor();
  await page.getByTestId('stop-sync').waitFor();
  await page.getByText('4 new commits in 1 repository').waitFor({ timeout: 15_000 });
  await page.getByTestId('sync-now').waitFor();
}

/** @param {Page} page */
async function firstRun(page) {
  await page.getByTestId('field-token').fill('a token');
  await page.getByTestId('submit').click();
  await page.getByText('Your accounts see no repository').waitFor();
  const step = await page.getByTestId('first-run').getAttribute('data-step');
  assert.equal(step, 'choose', 'the second step follows the first by itself');
}

/** @param {Page} page */
async function dialogFocus(page) {
  const remove = page.getByTestId('account-remove').first();
  await remove.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  assert.equal(focused, 'account-remove', 'the focus is where it was');
}
