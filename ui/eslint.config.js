import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/lib/backend/generated.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      // The window shows what services send. None of it is ever markup.
      'svelte/no-at-html-tags': 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'max-lines': ['error', 300],
      // Routes live in the hash; there is no base path to resolve against.
      'svelte/no-navigation-without-resolve': 'off',
      // The sets and maps here are never changed: a new one takes their place.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    // One folder knows what the window runs in.
    files: ['src/**'],
    ignores: ['src/lib/backend/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Only lib/backend knows Tauri.' }] },
      ],
    },
  },
  { files: ['tests/browser/**'], rules: { 'no-console': 'off' } },
);
