import { expect, it } from 'vitest';

import { topOf } from './scale';

it('a scale ends at a round number that everything fits below', () => {
  expect([0, 1, 4, 5, 7, 11, 19, 21, 95, 101, 1234].map(topOf)).toEqual([
    4, 4, 4, 5, 8, 20, 20, 40, 100, 200, 2000,
  ]);
  for (let most = 1; most < 5000; most += 7) expect(topOf(most)).toBeGreaterThanOrEqual(most);
});
