import { describe, expect, it } from 'vitest';

import { IdList } from './id-list';
import { arrivedBefore, Walked } from './walked';

function listOf(...ids: number[]): IdList {
  const list = new IdList();
  list.push(ids);
  return list;
}

const shown = (...ids: number[]) => new Walked(listOf(...ids), 0, true, null);

describe('a list of numbers', () => {
  it('grows to a million, piece by piece, and finds each', () => {
    const list = new IdList();
    for (let from = 1_000_000; from > 0; from -= 20_000)
      list.push(Array.from({ length: 20_000 }, (_, at) => from - at));
    expect(list.length).toBe(1_000_000);
    expect([list.at(0), list.at(999_999), list.at(1_000_000)]).toEqual([1_000_000, 1, -1]);
    expect(list.indexOf(400_000)).toBe(600_000);
  });

  it('has no number that was not given', () => {
    expect(listOf(7).indexOf(0), 'what is not filled yet is none of it').toBe(-1);
  });
});

describe('commits that arrive', () => {
  it('wait before the first row that was shown', () => {
    expect(arrivedBefore(shown(5, 4, 3), listOf(7, 6, 5, 4, 3))).toBe(2);
    const held = new Walked(listOf(7, 6, 5, 4), 2, true, null);
    expect([held.length, held.at(0), held.indexOf(4), held.indexOf(7)]).toEqual([2, 5, 1, -1]);
    expect(held.letIn().at(0)).toBe(7);
  });

  it('are counted on when more of them come', () => {
    expect(arrivedBefore(new Walked(listOf(7, 6, 5), 2, true, null), listOf(9, 8, 7, 6, 5))).toBe(4);
  });

  it('are counted although the first row is gone', () => {
    expect(arrivedBefore(shown(5, 4, 3), listOf(6, 4, 3))).toBe(1);
  });

  it('come at once into an empty list, and where nothing known is left', () => {
    expect(arrivedBefore(shown(), listOf(2, 1))).toBe(0);
    expect(arrivedBefore(shown(5), listOf(2, 1))).toBe(0);
  });
});
