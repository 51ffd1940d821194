/** What a person does in Activity, Repositories and Settings, and that no view is cut off where there is least room. */
import assert from 'node:assert/strict';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('../walks.js').Walk} Walk
 */

/** The narrowest window that PDT promises to work in. */
const LEAST = { width: 420, height: 560 };

const VIEWS = ['overview', 'commits', 'board', 'repositories', 'accounts', 'activity', 'settings'];
const FORMS = ['accounts/add', 'repositories/choose', 'activity/20000', 'repositories/1', 'board/CORE-318'];

/** @type {Walk[]} */
export const PLACES = [
  { name: 'a run is read by keyboard', fixture: 'data', hash: 'overview', go: readRun },
  { name: 'older runs come while one scrolls', fixture: 'data', hash: 'activity?full=1', go: scrollRuns },
  { name: 'a theme is chosen and stays', fixture: 'data', hash: 'settings', go: chooseTheme },
  { name: 'several addresses are pasted', fixture: 'data', hash: 'repositories', go: pasteAddresses },
  { name: 'what is removed is told before', fixture: 'data', hash: 'repositories/1', go: tellRemoval },
  ...['data', 'extremes'].map((fixture) => ({
    name: `nothing is cut off at 420 px (${fixture})`,
    fixture,
    hash: 'overview',
    size: LEAST,
    go: nothingIsCutOff,
  })),
];

/** @param {Page} page */
async function readRun(page) {
  await page.keyboard.press('g');
  await page.keyboard.press('y');
  await page.getByTestId('run-row').first().waitFor();
  await step(page, 'j', '[data-testid=run-stretch]');
  await page.keyboard.press('Enter');
  const stretch = page.getByTestId('run-stretch').first();
  assert.equal(await stretch.getAttribute('aria-expanded'), 'true', 'a stretch is unfolded by Enter');
  await page.keyboard.press('Enter');
  await step(page, 'k', '[data-run="20000"]');
  await page.keyboard.press('Enter');
  const detail = page.getByTestId('run-detail');
  await detail.getByText('4,312 of 5,000 left').waitFor();
  await page.getByTestId('run-copy').waitFor();
  await page.keyboard.press('Escape');
  await detail.waitFor({ state: 'detached' });
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-run'));
  assert.equal(focused, '20000', 'the focus is back on the run');
}

/**
 * Goes from row to row until the focus is on what is wanted: how many rows lie before it depends on the time of day.
 *
 * @param {Page} page
 * @param {string} key
 * @param {string} wanted
 */
async function step(page, key, wanted) {
  for (let steps = 0; steps < 20; steps += 1) {
    await page.keyboard.press(key);
    if (await page.evaluate((is) => document.activeElement?.matches(is), wanted)) return;
  }
  assert.fail(`${key} leads to ${wanted}`);
}

/** @param {Page} page */
async function scrollRuns(page) {
  const rows = page.getByTestId('run-row');
  await rows.first().waitFor();
  assert.equal(await rows.count(), 200, 'at first, the latest ones are there');
  await page.getByTestId('older-runs').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=run-row]').length === 400);
}

/** @param {Page} page */
async function chooseTheme(page) {
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme ?? 'system');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  assert.equal(await theme(), 'system');
  await page.getByTestId('setting-theme').selectOption('dark');
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  assert.notEqual(await ground(), before, 'it acts at once');
  await page.waitForFunction(
    () => document.querySelector('[data-setting=theme]')?.getAttribute('data-source') === 'stored',
  );
  assert.equal(
    await page.evaluate(() => localStorage.getItem('pdt.theme')),
    'dark',
    'the next window begins with it',
  );
  await page.getByTestId('setting-theme').selectOption('system');
  await page.waitForFunction(() => !('theme' in document.documentElement.dataset));
}

/** @param {Page} page */
async function pasteAddresses(page) {
  await page.getByTestId('repo-url').focus();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', 'https://github.com/acme/docs\nhttps://github.com/acme/api\nnowhere\n');
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  });
  const lines = page.getByTestId('repo-urls');
  await lines.waitFor();
  assert.match(await lines.inputValue(), /acme\/docs\nhttps/, 'no line is lost');
  assert.equal(await lines.evaluate((one) => one === document.activeElement), true, 'the focus goes along');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('1 repository is tracked now, 1 was already there').waitFor();
  const fates = await page.getByTestId('added-line').evaluateAll((all) => all.map((one) => one.dataset.fate));
  assert.deepEqual(fates, ['tracked', 'known', 'failed']);
  assert.equal(await lines.inputValue(), 'nowhere', 'what was refused stays to be mended');
}

/** @param {Page} page */
async function tellRemoval(page) {
  await page.getByTestId('repo-remove').click();
  await page.getByRole('dialog').getByText('412 commits and 3 links made by hand').waitFor();
  await page.getByTestId('dialog-confirm').click();
  await page.getByTestId('repo-detail').waitFor({ state: 'detached' });
}

/** @param {Page} page */
async function nothingIsCutOff(page) {
  for (const hash of [...VIEWS, ...FORMS]) {
    await page.evaluate((to) => (location.hash = `#/${to}`), hash);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    assert.deepEqual(await page.evaluate(cutOff), [], `all of ${hash} is seen`);
  }
}

/** Runs in the page: what lies beyond the window's right edge and cannot be scrolled to, or is squeezed to nothing. */
function cutOff() {
  const reaches = (/** @type {Element} */ one) => {
    for (let above = one.parentElement; above; above = above.parentElement) {
      const { overflowX } = getComputedStyle(above);
      if (overflowX === 'auto' || overflowX === 'scroll') return above.scrollWidth > above.clientWidth;
    }
    return false;
  };
  const isHidden = (/** @type {Element} */ one) =>
    one.closest('.sr-only, [aria-hidden=true], [hidden]') !== null;
  return [...document.querySelectorAll('a, button, input, select, textarea, h1, h2, h3, summary')]
    .filter((one) => one.checkVisibility() && !isHidden(one))
    .filter((one) => {
      const { right, left, width } = one.getBoundingClientRect();
      const isOut = right > innerWidth + 1 || left < -1;
      return width > 0 && isOut && !reaches(one);
    })
    .map((one) => `${one.tagName} ${one.getAttribute('data-testid') ?? one.textContent?.slice(0, 40)}`);
}
