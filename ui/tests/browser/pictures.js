/**
 * Makes the pictures of the README: what an everyday PDT looks like, in both themes. The time stands still in them, so
 * that they change only when the window does.
 *
 *     npm run pictures -- FOLDER
 */
import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { build } from 'vite';

import { launch } from './browser.js';
import { serve } from './server.js';
import { settled } from './settled.js';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Say which folder the pictures go to.');

/** A Wednesday afternoon, in the middle of a sprint. */
const NOW = new Date('2026-11-18T13:05:00Z');
const SIZE = { width: 1280, height: 800 };
/** So many bytes and no more: the README is read over slow lines as well. */
const MOST = 200_000;
/** Each with the sample world that shows most of it. */
const VIEWS = { overview: 'month', commits: 'month', board: 'data', activity: 'data' };
/** @type {('light' | 'dark')[]} */
const THEMES = ['light', 'dark'];

await build({ mode: 'fixtures', logLevel: 'warn' });
await mkdir(folder, { recursive: true });
const server = await serve('node_modules/.fixtures');
const browser = await launch();
try {
  for (const colorScheme of THEMES) {
    for (const [view, fixture] of Object.entries(VIEWS)) await take(view, fixture, colorScheme);
  }
} finally {
  await browser.close();
  server.close();
}

/**
 * @param {string} view
 * @param {string} fixture
 * @param {'light' | 'dark'} colorScheme
 */
async function take(view, fixture, colorScheme) {
  const context = await browser.newContext({
    colorScheme,
    viewport: SIZE,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.goto(`${server.origin}/?fixture=${fixture}#/${view}`);
  await settled(page, fixture);
  await page.evaluate(() => document.fonts.ready);
  const path = resolve(join(folder ?? '', `${view}-${colorScheme}.png`));
  await page.screenshot({ path });
  await context.close();
  const { size } = await stat(path);
  console.log(`${path}: ${Math.ceil(size / 1000)} kB`);
  if (size > MOST) throw new Error(`${path} has ${size} bytes, and ${MOST} are enough for a picture.`);
}
