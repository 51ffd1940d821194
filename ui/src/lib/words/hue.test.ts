import { expect, it } from 'vitest';

import { distinctHues, HUES, hueOf } from './hue';

it('a name has one hue everywhere', () => {
  expect(hueOf('acme/api')).toBe(hueOf('acme/api'));
  for (const name of ['مشروع', '', 'a', 'b', 'c', 'd', 'e'])
    expect(hueOf(name), 'not grey').toBeLessThan(HUES - 1);
});

it('five in one picture have five hues, none of them grey, their own where it is free', () => {
  for (const five of [
    ['a', 'b', 'c', 'd', 'e'],
    ['acme/api', 'acme/web', 'acme/billing', 'acme/infra', 'platform/gateway'],
    ['f', 'l', 'r', 'x', '~'],
  ]) {
    const hues = distinctHues(five);
    expect(new Set(hues.values()).size).toBe(5);
    expect(Math.max(...hues.values())).toBeLessThan(HUES - 1);
  }
  expect(distinctHues(['acme/web']).get('acme/web')).toBe(hueOf('acme/web'));
});

it('more than there are hues share some', () => {
  expect(distinctHues(['a', 'b', 'c', 'd', 'e', 'f', 'g']).size).toBe(7);
});
