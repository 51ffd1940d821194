import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { contrast, parseOklch } from '../oklch';

const CSS = readFileSync(join(import.meta.dirname, '../../src/tokens.css'), 'utf8');

/** The colours of a block, by name. */
function tokens(selector: string): Record<string, string> {
  const start = CSS.indexOf(`${selector} {`);
  const block = CSS.slice(start, CSS.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(oklch\([^)]*\))/g)].map(([, name, value]) => [name, value]),
  );
}

const LIGHT = tokens(':root');
const DARK = tokens(":root:not([data-theme='light'])");

const GROUNDS = ['bg', 'panel', 'rail', 'hover', 'accent-soft', 'warn-bg', 'bad-bg'];
const TEXTS = ['text', 'soft', 'faint'];
const STATES = ['ok', 'warn', 'bad', 'accent'];
const HUES = ['hue-0', 'hue-1', 'hue-2', 'hue-3', 'hue-4', 'hue-5'];

const PAIRS: [string, string, number][] = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground): [string, string, number] => [text, ground, 4.5])),
  ...STATES.flatMap((state) => GROUNDS.map((ground): [string, string, number] => [state, ground, 4.5])),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ...HUES.flatMap((hue) =>
    ['bg', 'panel', 'hover', 'accent-soft'].map((ground): [string, string, number] => [hue, ground, 3]),
  ),
  ['control-line', 'bg', 3],
  ['control-line', 'panel', 3],
  ['accent', 'track', 3],
];

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('in the %s theme', (_, colours) => {
  it.each(PAIRS)('%s on %s has a contrast of at least %d', (front, ground, least) => {
    const ratio = contrast(parseOklch(colours[front] ?? ''), parseOklch(colours[ground] ?? ''));
    expect(ratio).toBeGreaterThanOrEqual(least);
  });
});

it('a dark theme that was chosen is the dark theme of the system', () => {
  expect(tokens(":root[data-theme='dark']")).toEqual(DARK);
});

it('the two themes have the same names', () => {
  expect(Object.keys(DARK).sort()).toEqual(Object.keys(LIGHT).sort());
});
