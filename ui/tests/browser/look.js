import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What is wrong with a page as it is now, each in a sentence.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export async function faultsOf(page) {
  // Through the debugger, which the page's policy does not hold back.
  await page.evaluate(AXE);
  return [...(await overflow(page)), ...(await violations(page))];
}

/** @param {import('playwright-core').Page} page */
function overflow(page) {
  return page.evaluate(() => {
    const wide = [...document.querySelectorAll('body, .page > *, dialog, main, .rail')].filter(
      (element) => element.scrollWidth > element.clientWidth + 1,
    );
    return wide.map((element) => {
      const name = `${element.tagName.toLowerCase()}.${element.className}`;
      return `${name} is ${element.scrollWidth} px wide in a room of ${element.clientWidth} px`;
    });
  });
}

/** @param {import('playwright-core').Page} page */
function violations(page) {
  return page.evaluate(async (only) => {
    // Only what is wrong is put into words, which takes half the time.
    const how = { runOnly: only, resultTypes: ['violations'] };
    const { violations: found } = await /** @type {any} */ (window).axe.run(document, how);
    return found.flatMap((/** @type {any} */ violation) =>
      violation.nodes.map(
        (/** @type {any} */ node) =>
          `axe: ${violation.id} (${violation.help}) at ${node.target.join(' ')}: ${node.failureSummary}`,
      ),
    );
  }, RULES);
}
