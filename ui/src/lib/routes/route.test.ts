import { expect, it } from 'vitest';

import { hashOf, parentOf, parseRoute } from './route';

it('a hash is read back as it was written, whatever the names hold', () => {
  const rest = ['acme/api', 'a b?c#d', 'ü%'];
  const route = parseRoute(hashOf('commits', rest, { text: 'a&b=c', unlinked: '1' }));
  expect(route.view).toBe('commits');
  expect(route.rest).toEqual(rest);
  expect(Object.fromEntries(route.query)).toEqual({ text: 'a&b=c', unlinked: '1' });
});

it('nothing, and what cannot be read, is no error', () => {
  expect(parseRoute('').view).toBe('overview');
  expect(parseRoute('#/').view).toBe('overview');
  expect(parseRoute('#/accounts/%E0%A4%A').rest).toEqual(['%E0%A4%A']);
});

it('above a detail is its list, with the same filter', () => {
  expect(parentOf(parseRoute('#/commits/a/b?unlinked=1'))).toBe('#/commits?unlinked=1');
  expect(parentOf(parseRoute('#/commits'))).toBeNull();
});
