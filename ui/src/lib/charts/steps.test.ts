import { expect, it } from 'vitest';

import { nextDay } from './steps';

it('arrows go from day to day and stay within them', () => {
  expect([nextDay('ArrowLeft', 5, 30), nextDay('ArrowLeft', 0, 30)]).toEqual([4, 0]);
  expect([nextDay('ArrowRight', 5, 30), nextDay('ArrowRight', 29, 30)]).toEqual([6, 29]);
  expect([nextDay('Home', 5, 30), nextDay('End', 5, 30)]).toEqual([0, 29]);
});

it('other keys are somebody else’s', () => {
  expect(['j', 'Enter', 'Tab', 'ArrowUp'].map((key) => nextDay(key, 5, 30))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
