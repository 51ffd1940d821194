/** What a person does, step by step, in Chromium and mostly by keyboard. */
import assert from 'node:assert/strict';

import { COMMIT_WALKS } from './walks/commits.js';
import { FIGURE_WALKS } from './walks/figures.js';
import { PLACES } from './walks/places.js';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ name: string, fixture: string, hash: string, size?: { width: number, height: number },
 *   go: (page: Page) => Promise<void> }} Walk
 */

/** @type {Walk[]} */
export const WALKS = [
  { name: 'keys lead to every view', fixture: 'data', hash: 'overview', go: keysLeadToEveryView },
  { name: 'a commit is read by keyboard', fixture: 'data', hash: 'commits', go: readCommit },
  { name: 'a sync shows its progress and its result', fixture: 'data', hash: 'overview', go: sync },
  { name: 'the first run leads to the first sync', fixture: 'empty', hash: 'overview', go: firstRun },
  { name: 'a card is read by keyboard', fixture: 'data', hash: 'overview', go: readCard },
  { name: 'Jira is connected by keyboard', fixture: 'no-jira', hash: 'board', go: connectJira },
  { name: 'the loops are paused and resumed by keyboard', fixture: 'data', hash: 'overview', go: pause },
  {
    name: 'an interval is chosen and written by keyboard',
    fixture: 'data',
    hash: 'settings',
    go: chooseInterval,
  },
  { name: 'a dialog keeps and returns the focus', fixture: 'data', hash: 'accounts', go: dialogFocus },
  ...PLACES,
  ...COMMIT_WALKS,
  ...FIGURE_WALKS,
];

/** @param {Page} page */
async function keysLeadToEveryView(page) {
  for (const [key, title] of [
    ['c', 'Commits'],
    ['b', 'Board'],
    ['r', 'Repositories'],
    ['a', 'Accounts'],
    ['y', 'Activity'],
    ['s', 'Settings'],
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
  await page.getByText('1 commit', { exact: true }).first().waitFor();
  assert.equal(await page.getByTestId('commit-row').count(), 1, 'the filter narrows the list');
}

/** @param {Page} page */
async function readCard(page) {
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await page.getByTestId('card-row').first().waitFor();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const detail = page.getByTestId('card-detail');
  await detail.getByText('Say after how many tries').waitFor();
  await page.keyboard.press('Escape');
  await detail.waitFor({ state: 'detached' });
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-key'));
  assert.equal(focused, 'CORE-325', 'the focus is back on the card');
}

/** @param {Page} page */
async function connectJira(page) {
  await page.getByRole('link', { name: 'Connect Jira' }).focus();
  await page.keyboard.press('Enter');
  const fields = [
    ['Address', 'https://acme.atlassian.net'],
    ['E-mail', 'mira@example.org'],
    ['Create a token', null],
    ['Token', 'a token'],
    ['Only these projects (optional)', 'core'],
    ['Cards on Kanban boards', ' '],
    ['Cards in backlogs and planned sprints', null],
    ['Name (optional)', null],
    ['Connect', '\n'],
  ];
  await page.getByRole('radio', { name: 'Jira' }).focus();
  for (const [label, text] of fields) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const element = /** @type {HTMLInputElement} */ (document.activeElement);
      return (element.labels?.[0] ?? element).textContent?.trim();
    });
    assert.equal(name, label, 'the order is that of reading');
    if (text === ' ') await page.keyboard.press('Space');
    else if (text === '\n') await page.keyboard.press('Enter');
    else if (text !== null) await page.keyboard.type(text ?? '');
  }
  await page.getByText('jira is connected').waitFor();
  await page.getByText('Only projects CORE · cards of active sprints, Kanban boards').waitFor();
}

/** @param {Page} page */
async function pause(page) {
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  await page.getByTestId('pause').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('pause-hour').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await focused(), 'pause', 'Esc leaves the menu, and the focus is where it was');
  await page.keyboard.press('ArrowDown');
  await page.getByTestId('pause-hour').waitFor();
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(), 'pause-open', 'the menu goes round');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Paused' }).waitFor();
  await page.getByTestId('resume').waitFor();
  assert.equal(await focused(), 'resume', 'what takes the place of a button takes over its focus');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Everything is up to date' }).waitFor();
  await page.getByTestId('pause').waitFor();
  assert.equal(await focused(), 'pause', 'and the other way round');
}

/** @param {Page} page */
async function chooseInterval(page) {
  const select = page.getByTestId('setting-interval_commits');
  const shown = () => select.evaluate((/** @type {HTMLSelectElement} */ one) => one.selectedOptions[0]?.text);
  await select.focus();
  await page.keyboard.press('ArrowDown');
  await page.getByText('Back to default (15 minutes)').waitFor();
  assert.equal(await shown(), '30 minutes');
  await select.selectOption('other');
  await page.getByTestId('setting-other').waitFor();
  await page.keyboard.type('45s');
  await page.keyboard.press('Enter');
  await page.getByTestId('setting-other').waitFor({ state: 'detached' });
  assert.equal(await shown(), '45 seconds', 'what was written is among what is offered');
}

/** @param {Page} page */
async function sync(page) {
  // What passes is looked out for before it begins.
  const passing = ['progress', 'stop-sync', 'jira-progress'].map((one) => page.getByTestId(one).waitFor());
  await Promise.all([...passing, page.getByTestId('sync-now').click()]);
  await page.getByText('4 new commits in 1 repository · 2 new and 5 changed').waitFor({ timeout: 15_000 });
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
