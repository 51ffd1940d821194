/**
 * Looks at every view in every state, in both themes and two sizes, with Chromium: no error, no violation of
 * accessibility, nothing wider than the window. Then walks through what a person does.
 *
 *     npm run test:browser -- [--screenshots FOLDER] [--only TEXT]
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { build } from 'vite';

import { launch } from './browser.js';
import { faultsOf } from './look.js';
import { SCENES } from './scenes.js';
import { serve } from './server.js';
import { WALKS } from './walks.js';

const { values: asked } = parseArgs({
  options: { screenshots: { type: 'string' }, only: { type: 'string' } },
});
const SIZES = [
  { width: 1080, height: 720 },
  { width: 420, height: 740 },
];
/** @type {('light' | 'dark')[]} */
const THEMES = ['light', 'dark'];

/** So many pages at once. */
const AT_ONCE = 4;

let looks = 0;
/** @type {string[]} */
const faults = [];
await build({ mode: 'fixtures', logLevel: 'warn' });
const server = await serve('node_modules/.fixtures');
const browser = await launch();
if (asked.screenshots) await mkdir(asked.screenshots, { recursive: true });
const visits = THEMES.flatMap((theme) =>
  SIZES.flatMap((size) => SCENES.map((scene) => () => visit(scene, theme, size))),
);
const walks = WALKS.filter(({ name }) => isWanted(name)).map((walk) => () => take(walk));
try {
  await all([...visits, ...walks]);
} finally {
  await browser.close();
  server.close();
}
for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0 ? `${looks} looks and ${walks.length} walks: all well.` : `${faults.length} faults.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

/** @param {(() => Promise<void>)[]} jobs */
async function all(jobs) {
  const queue = [...jobs];
  const work = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) await job();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** @param {string} name */
function isWanted(name) {
  return name.includes(asked.only ?? '');
}

/**
 * @param {(typeof SCENES)[number]} scene
 * @param {'light' | 'dark'} colorScheme
 * @param {{ width: number, height: number }} viewport
 */
async function visit(scene, colorScheme, viewport) {
  const name = `${scene.name}-${colorScheme}-${viewport.width}`;
  if (!isWanted(name)) return;
  looks += 1;
  await inPage({ name, colorScheme, viewport }, async (page) => {
    await page.goto(`${server.origin}/?fixture=${scene.fixture}#/${scene.hash}`);
    await settled(page, scene.fixture);
    await scene.act?.(page);
    await page.mouse.move(0, 0);
    for (const fault of await faultsOf(page)) faults.push(`${name}: ${fault}`);
    if (asked.screenshots) await page.screenshot({ path: join(asked.screenshots, `${name}.png`) });
  });
}

/** @param {(typeof WALKS)[number]} walk */
async function take(walk) {
  await inPage({ name: walk.name, colorScheme: 'light', viewport: SIZES[0] }, async (page) => {
    await page.goto(`${server.origin}/?fixture=${walk.fixture}#/${walk.hash}`);
    await settled(page, walk.fixture);
    await walk.go(page);
  });
}

/**
 * Waits for the answers of the sample host. The one that never answers is waited for until its skeleton shows.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} fixture
 */
async function settled(page, fixture) {
  await page.getByRole('main').waitFor();
  if (fixture === 'loading') await page.waitForTimeout(500);
  else await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
}

/**
 * Runs `work` in a page of its own, and takes down what goes wrong in it.
 *
 * @param {{ name: string, colorScheme: 'light' | 'dark', viewport: { width: number, height: number } | undefined }} how
 * @param {(page: import('playwright-core').Page) => Promise<void>} work
 */
async function inPage({ name, colorScheme, viewport }, work) {
  const context = await browser.newContext({
    colorScheme,
    viewport: viewport ?? null,
    reducedMotion: 'reduce',
  });
  // The real window freezes prototypes; what does not survive that shall not survive here.
  await context.addInitScript(() => Object.freeze(Object.prototype));
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      faults.push(`${name}: console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${name}: ${error.stack ?? error.message}`));
  try {
    await work(page);
  } catch (error) {
    faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await context.close();
  }
}
