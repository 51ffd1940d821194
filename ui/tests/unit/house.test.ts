/** Rules of the house that no compiler keeps. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { TESTIDS } from '../../src/lib/testids';

const SRC = join(import.meta.dirname, '../../src');
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|svelte|css)$/.test(name) && !name.endsWith('generated.ts'))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }));
const OWN = FILES.filter(({ name }) => !name.endsWith('.test.ts'));

const saying = (pattern: RegExp, files = OWN) =>
  files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

describe('what a service sends is text', () => {
  it('and never markup', () => {
    expect(saying(/@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write/)).toEqual([]);
  });

  it('and never code', () => {
    expect(saying(/\beval\(|new Function\(/)).toEqual([]);
  });
});

it('no style stands in markup: the policy of the window would drop it', () => {
  expect(saying(/\sstyle=["{]/)).toEqual([]);
});

it('one folder knows the host of the window', () => {
  const telling = saying(/@tauri-apps|__TAURI/).filter((name) => !name.startsWith(join('lib', 'backend')));
  expect(telling).toEqual([]);
});

it('nothing is asked of the network', () => {
  expect(saying(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/)).toEqual([]);
});

it('sample data is reached through one door, which production closes', () => {
  const outside = OWN.filter(({ name }) => !name.startsWith(join('lib', 'backend')));
  expect(saying(/backend\/(web|fixtures)/, outside)).toEqual([]);
});

it('files stay short enough to be read', () => {
  const long = FILES.filter(({ text }) => text.split('\n').length > 300).map(({ name }) => name);
  expect(long).toEqual([]);
});

it('no two test ids are the same', () => {
  const ids = Object.values(TESTIDS);
  expect(new Set(ids).size).toBe(ids.length);
});
