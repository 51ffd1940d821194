/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vite';

/** Where the build with sample data goes. It is for tests in a browser and never shipped. */
const FIXTURE_BUILD = 'node_modules/.fixtures';

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), svelteTesting()],
  // Paths in what is built are relative, so that it works from any folder.
  base: './',
  clearScreen: false,
  server: { port: 1420, strictPort: true, host: 'localhost' },
  build: {
    outDir: mode === 'fixtures' ? FIXTURE_BUILD : 'dist',
    emptyOutDir: true,
    // The oldest web view that knows `<dialog>` and OKLCH; WebKitGTK 2.36 and macOS 12.3 have it.
    target: 'safari15.4',
    cssTarget: 'safari15.4',
    // A source map would carry the paths of the machine that built it.
    sourcemap: false,
    // The policy of the window forbids what is inlined, fonts and pictures alike.
    assetsInlineLimit: 0,
    // One entry, no chunks to load ahead.
    modulePreload: false,
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    // A fixed zone, so that words like "yesterday 17:40" are the same on every machine.
    env: { TZ: 'Europe/Berlin' },
    restoreMocks: true,
    // A limit for what hangs, not a measure of speed: a machine may be busy.
    testTimeout: 60_000,
  },
}));
