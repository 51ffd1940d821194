/**
 * Pages for one look after the other. Making one takes longer than looking, so that each is used again: what it
 * remembered is forgotten in between, and the next place is loaded afresh.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ page: Page, faults: string[], broken: () => Promise<never> }} Open
 */

/** @param {import('playwright-core').Browser} browser */
export function open(browser) {
  /** @type {Open | null} */
  let held = null;
  return { use, close };

  /**
   * Does `work` in a page of this size, and returns what is wrong with it, each in a sentence.
   *
   * @param {{ width: number, height: number }} viewport
   * @param {(page: Page) => Promise<string[]>} work
   * @returns {Promise<string[]>}
   */
  async function use(viewport, work) {
    const { page, faults, broken } = (held ??= await fresh());
    faults.length = 0;
    try {
      await page.setViewportSize(viewport);
      // A window that has thrown shows nothing more; nobody waits for it.
      faults.push(...(await Promise.race([work(page), broken()])));
      await forget(page);
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
      // Nobody knows what is left of it.
      await close();
    }
    return [...faults];
  }

  async function close() {
    await held?.page.context().close();
    held = null;
  }

  /** @returns {Promise<Open>} */
  async function fresh() {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    // The real window freezes prototypes; what does not survive that shall not survive here.
    await context.addInitScript(() => Object.freeze(Object.prototype));
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    /** @type {string[]} */
    const faults = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        faults.push(`console: ${message.text()}`);
    });
    /** @type {(error: Error) => void} */
    let tell = () => undefined;
    page.on('pageerror', (error) => tell(new Error(error.stack ?? error.message)));
    const broken = () => new Promise((_, reject) => (tell = reject));
    return { page, faults, broken: /** @type {() => Promise<never>} */ (broken) };
  }
}

/** @param {Page} page */
async function forget(page) {
  await page.evaluate(() => localStorage.clear());
  // A new address that differs in its hash alone would keep the page and all that it holds.
  await page.goto('about:blank');
}
