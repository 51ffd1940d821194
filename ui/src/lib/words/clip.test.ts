import { expect, it } from 'vitest';

import { clip } from './clip';

it('a text is cut with an ellipsis, and no character in two', () => {
  expect(clip('short', 5)).toBe('short');
  expect(clip('longer', 5)).toBe('longe…');
  expect(clip('ab👩', 3), 'an emoji has two halves').toBe('ab…');
});
