import { describe, expect, it } from 'vitest';

import {
  isPressed,
  lastTop,
  roomOf,
  rowAfter,
  rowsAt,
  rowsToHave,
  scrollOf,
  TALLEST,
  topFor,
  topOf,
} from './window-of-rows';

const FEW = { count: 1_000, rowHeight: 33, viewport: 600 };
const MANY = { count: 1_000_000, rowHeight: 53, viewport: 600 };

describe('the scrollbar', () => {
  it('stands where the list is, as long as a browser can do that', () => {
    expect(isPressed(FEW)).toBe(false);
    expect(roomOf(FEW)).toBe(33_000);
    expect(topOf(700, FEW)).toBe(700);
    expect(scrollOf(700, FEW)).toBe(700);
    expect(topOf(99_999_999, FEW), 'no further than its end').toBe(lastTop(FEW));
  });

  it('has room for a million rows in less than they would take', () => {
    expect(roomOf(MANY)).toBe(TALLEST);
    expect(topOf(0, MANY)).toBe(0);
    expect(topOf(TALLEST - 600, MANY), 'its end is the end of the list').toBe(lastTop(MANY));
  });

  it('leads to every row, and back to where it stood', () => {
    for (const top of [0, 1, 999_999, 1_000_001, 26_500_000, 51_999_000, lastTop(MANY)])
      expect(topOf(scrollOf(top, MANY), MANY)).toBeCloseTo(top, 3);
  });

  it('moves pixel by pixel at the beginning and at the end', () => {
    expect(topOf(501, MANY) - topOf(500, MANY)).toBe(1);
    const most = TALLEST - MANY.viewport;
    expect(topOf(most - 500, MANY) - topOf(most - 501, MANY)).toBe(1);
  });

  it('never goes back when it goes on', () => {
    let before = -1;
    for (let scroll = 0; scroll <= TALLEST - 600; scroll += 39_994) {
      expect(topOf(scroll, MANY)).toBeGreaterThan(before);
      before = topOf(scroll, MANY);
    }
  });
});

it('the rows in sight are those that any pixel is seen of', () => {
  expect(rowsAt(0, FEW)).toEqual({ first: 0, end: 19 });
  expect(rowsAt(34, FEW)).toEqual({ first: 1, end: 20 });
  expect(rowsAt(0, FEW, 10)).toEqual({ first: 0, end: 29 });
  expect(rowsAt(lastTop(FEW), FEW).end, 'the last row is among them').toBe(1_000);
  expect(rowsAt(0, { ...FEW, count: 0 })).toEqual({ first: 0, end: 0 });
  expect(rowsAt(99_999, { ...FEW, count: 3 }), 'a list that has shrunk').toEqual({ first: 3, end: 3 });
});

it('a row is brought into sight by the shortest way', () => {
  expect(topFor(5, 0, FEW), 'it is there already').toBe(0);
  expect(topFor(2, 330, FEW), 'above').toBe(66);
  expect(topFor(100, 0, FEW), 'below').toBe(101 * 33 - 600);
  expect(topFor(999, 0, FEW)).toBe(lastTop(FEW));
});

it('what is in sight is read first, then what lies ahead', () => {
  expect(rowsToHave({ first: 10, end: 12 }, 100, 1)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 9, 8]);
  expect(rowsToHave({ first: 10, end: 12 }, 100, -1)).toEqual([10, 11, 9, 8, 7, 6, 5, 4, 12, 13]);
  expect(rowsToHave({ first: 0, end: 2 }, 3, 1), 'nothing beyond its ends').toEqual([0, 1, 2]);
});

it('keys lead row by row, screen by screen, and to both ends', () => {
  const from = (key: string, at = 50) => rowAfter(key, at, FEW);
  expect([from('j'), from('ArrowDown'), from('k'), from('ArrowUp')]).toEqual([51, 51, 49, 49]);
  expect([from('PageDown'), from('PageUp')]).toEqual([67, 33]);
  expect([from('Home'), from('End')]).toEqual([0, 999]);
  expect([from('k', 0), from('j', 999)], 'and not beyond').toEqual([0, 999]);
  expect([from('x'), from('constructor'), rowAfter('j', 0, { ...FEW, count: 0 })]).toEqual([
    null,
    null,
    null,
  ]);
});
