/**
 * Looks at every view in every state, in both themes and two sizes, with Chromium: no error, no violation of
 * accessibility, nothing wider than the window. Then walks through what a person does.
 *
 *     npm run test:browser -- [--screenshots FOLDER] [--only TEXT] [--part 1/3]
 */
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { build } from 'vite';

import { launch } from './browser.js';
import { faultsOf } from './look.js';
import { open } from './pages.js';
import { SCENES } from './scenes.js';
import { serve } from './server.js';
import { settled } from './settled.js';
import { WALKS } from './walks.js';

const { values: asked } = parseArgs({
  options: {
    screenshots: { type: 'string' },
    only: { type: 'string' },
    /** A share of everything, so that several machines can each do one. */
    part: { type: 'string', default: '1/1' },
  },
});
const SIZES = [
  { width: 1280, height: 800 },
  { width: 480, height: 800 },
];
/** @type {('light' | 'dark')[]} */
const THEMES = ['light', 'dark'];

/** So many pages at once: while one of them waits for its sample host, another one works. */
const AT_ONCE = availableParallelism() + 2;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ width: number, height: number }} Size */

/**
 * A page that is opened once and looked at once or more.
 *
 * @typedef {{ names: string[], viewport: Size, work: (page: Page) => Promise<string[]> }} Job
 */

const began = Date.now();
/** @type {string[]} */
const faults = [];
await build({ mode: 'fixtures', logLevel: 'warn' });
const server = await serve('node_modules/.fixtures');
const browser = await launch();
if (asked.screenshots) await mkdir(asked.screenshots, { recursive: true });
const looks = SIZES.flatMap((size) => SCENES.map((scene) => look(scene, size)));
const walks = WALKS.map(walk);
const mine = share([...looks, ...walks].filter(({ names }) => names.some(isWanted)));
try {
  await all(mine);
} finally {
  await browser.close();
  server.close();
}
for (const fault of faults) console.error(fault);
const seen = mine.reduce((sum, { names }) => sum + names.length, 0);
const took = `${Math.round((Date.now() - began) / 1000)} s`;
console.log(
  faults.length === 0
    ? `${seen} looks and walks in ${took}: all well.`
    : `${faults.length} faults in ${seen} looks and walks.`,
);
process.exitCode = faults.length === 0 && mine.length > 0 ? 0 : 1;

/**
 * @param {Job[]} jobs
 * @returns {Job[]} those of this part: every second, third, … one
 */
function share(jobs) {
  const [part = 1, of = 1] = asked.part.split('/').map(Number);
  return jobs.filter((_, at) => at % of === part - 1);
}

/** @param {Job[]} jobs */
async function all(jobs) {
  const queue = [...jobs];
  const work = async () => {
    const pages = open(browser);
    for (let job = queue.shift(); job; job = queue.shift()) {
      const { names, viewport, work: visit } = job;
      for (const fault of await pages.use(viewport, visit)) faults.push(`${names.join(', ')}: ${fault}`);
    }
    await pages.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** @param {string} name */
function isWanted(name) {
  return name.includes(asked.only ?? '');
}

/**
 * A state in both themes: it is brought about once, and the themes are changed over it.
 *
 * @param {(typeof SCENES)[number]} scene
 * @param {Size} viewport
 * @returns {Job}
 */
function look(scene, viewport) {
  /** @type {(theme: string) => string} */
  const nameOf = (theme) => `${scene.name}-${theme}-${viewport.width}`;
  const themes = THEMES.filter((theme) => isWanted(nameOf(theme)));
  return {
    names: themes.map(nameOf),
    viewport,
    work: async (page) => {
      await page.emulateMedia({ colorScheme: themes[0] ?? 'light' });
      await page.goto(`${server.origin}/?fixture=${scene.fixture}#/${scene.hash}`);
      await settled(page, scene.fixture);
      await scene.act?.(page);
      await page.mouse.move(0, 0);
      const found = [];
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme });
        const wrong = await faultsOf(page);
        found.push(...wrong.map((fault) => `${colorScheme}: ${fault}`));
        const path = join(asked.screenshots ?? '', `${nameOf(colorScheme)}.png`);
        if (asked.screenshots) await page.screenshot({ path });
      }
      return found;
    },
  };
}

/**
 * @param {(typeof WALKS)[number]} walk
 * @returns {Job}
 */
function walk({ name, fixture, hash, size, go }) {
  return {
    names: [name],
    viewport: size ?? { width: 1280, height: 800 },
    work: async (page) => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(`${server.origin}/?fixture=${fixture}#/${hash}`);
      await settled(page, fixture);
      await go(page);
      return [];
    },
  };
}
