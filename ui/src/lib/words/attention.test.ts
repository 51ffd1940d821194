import { expect, it } from 'vitest';

import { needsPerson } from './attention';

it('what passes by itself is nobody’s task', () => {
  const severities = ['broken', 'warning', 'passing'] as const;
  expect(severities.filter((severity) => needsPerson({ severity }))).toEqual(['broken', 'warning']);
});
