import { expect, it } from 'vitest';

import { sentence } from './sentence';

it('a reason becomes a sentence, and a sentence stays as it is', () => {
  expect(sentence('no repository is tracked')).toBe('No repository is tracked.');
  expect(sentence('GitLab refused the token.')).toBe('GitLab refused the token.');
  expect(sentence(' ')).toBe('');
});

it('names and addresses keep their letters', () => {
  expect(sentence('acme/api: gone')).toBe('acme/api: gone.');
  expect(sentence('https://example.org is offline')).toBe('https://example.org is offline.');
});
