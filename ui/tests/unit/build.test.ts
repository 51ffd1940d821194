// @vitest-environment node
/** What is shipped: small, without sample data, and fit for the window's policy. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'pdt-ui-'));
let files: { name: string; text: string }[] = [];

beforeAll(() => {
  // In a process of its own and without what tests set, for they run in another mode than what is shipped.
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const { PATH, SystemRoot } = process.env;
  const env = { PATH, SystemRoot };
  execFileSync(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir'], {
    cwd: ROOT,
    env,
    stdio: 'pipe',
  });
  files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

const holding = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

it('there is one page, one script and one style sheet', () => {
  expect(files.map(({ name }) => name.replace(/.*\./, '')).sort()).toEqual(['css', 'html', 'js']);
});

it('the page holds nothing that the policy of the window would drop', () => {
  const page = files.find(({ name }) => name === 'index.html')?.text ?? '';
  expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=/);
  expect(page, 'paths are relative').not.toMatch(/(?:src|href)="\//);
});

it('no sample data, no path of the machine that built it, no source map', () => {
  expect(holding(/mira-k|fixture/i)).toEqual([]);
  expect(holding(new RegExp(ROOT.replaceAll('\\', '/').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))).toEqual([]);
  expect(holding(/sourceMappingURL/)).toEqual([]);
});

// Everything is loaded at once, from this computer. What grew it last: the dashboard's lists, charts and palette.
it('it is small', () => {
  const bytes = files.reduce((sum, { text }) => sum + gzipSync(text).length, 0);
  expect(bytes).toBeLessThan(130_000);
});
