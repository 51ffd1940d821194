import { expect, it } from 'vitest';

import { removalWords } from './removal';

const nothing = { repositories: 0, commits: 0, manual_links: 0, cards: 0 };

it('what would be deleted is told in figures, and what is not there is left out', () => {
  expect(removalWords(nothing)).toBeNull();
  expect(removalWords({ ...nothing, commits: 412, manual_links: 3 })).toBe(
    '412 commits and 3 links made by hand',
  );
  expect(removalWords({ repositories: 1, commits: 1, manual_links: 1, cards: 1 })).toBe(
    '1 repository, 1 commit, 1 link made by hand and 1 card with their history',
  );
});
