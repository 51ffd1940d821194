import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/** Starts the Chromium of `CHROMIUM`, or the one on the PATH. None is downloaded. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? onPath();
  if (!executablePath) {
    throw new Error('No Chromium was found. Install one, or set CHROMIUM to its path, and run this again.');
  }
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
