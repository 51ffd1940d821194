/** So long nothing changes in a window that has all its answers: the sample host takes 120 ms for one. */
const QUIET = 250;

/**
 * Waits until the window shows all that it asked for: first its views, then what comes behind them, such as the rows
 * in sight of a long list. A sample host that never answers is waited for until its skeleton shows.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} fixture
 */
export async function settled(page, fixture) {
  await page.getByRole('main').waitFor();
  if (fixture.endsWith('loading')) await page.waitForTimeout(500);
  else await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await page.evaluate(still, QUIET);
}

/**
 * Runs in the page.
 *
 * @param {number} quiet
 * @returns {Promise<void>}
 */
function still(quiet) {
  return new Promise((resolve) => {
    const done = () => {
      observer.disconnect();
      resolve();
    };
    let timer = setTimeout(done, quiet);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(done, quiet);
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}
