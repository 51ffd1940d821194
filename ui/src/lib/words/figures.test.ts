import { describe, expect, it } from 'vitest';

import type { SprintProgressDto } from '../backend/backend';
import { linkedShare, progressOf, sharedOf, statusParts } from './figures';

describe('the linked share', () => {
  it('is a number of hundred, and all only where it is all', () => {
    expect(linkedShare({ linked: 94, total: 112 })).toBe(84);
    expect(linkedShare({ linked: 9999, total: 10_000 })).toBe(99);
    expect(linkedShare({ linked: 3, total: 3 })).toBe(100);
    expect(linkedShare({ linked: 0, total: 3 })).toBe(0);
  });

  it('is not there where there are no commits', () => {
    expect(linkedShare({ linked: 0, total: 0 })).toBeNull();
  });

  it('says of how many', () => {
    expect(sharedOf({ total: 1340, days: ['2026-11-21', '2026-11-22'] })).toBe('of 1,340 commits in 2 days');
  });
});

describe('the progress of a sprint', () => {
  const sprint = { id: 1, name: 'x', account: 'jira', end_date: null, cards: 9, done: 3 };
  const of = (points: number | null, points_done: number | null): SprintProgressDto => ({
    ...sprint,
    points,
    points_done,
  });

  it('is told in points, and in cards where no card has points', () => {
    expect(progressOf(of(34, 20.5))).toEqual({ done: 20.5, left: 13.5, words: '20.5 of 34 points done' });
    expect(progressOf(of(null, null))).toEqual({ done: 3, left: 6, words: '3 of 9 cards done' });
    expect(progressOf(of(0, 0)).words).toBe('3 of 9 cards done');
  });

  it('is nothing of a sprint without cards', () => {
    expect(progressOf({ ...of(null, null), cards: 0, done: 0 }).words).toBe('no cards');
  });
});

describe('cards by status', () => {
  const status = (name: string, cards: number, category: 'todo' | 'done' | null = 'todo') => ({
    status: name,
    category,
    cards,
  });

  it('keep the order of the board, and a status without cards is not told', () => {
    const parts = statusParts([
      status('To do', 3),
      status('', 0),
      status('', 1, null),
      status('Done', 2, 'done'),
    ]);
    expect(parts).toEqual([
      { name: 'To do', count: 3, hue: 5 },
      { name: 'no status', count: 1, hue: 2 },
      { name: 'Done', count: 2, hue: 0 },
    ]);
  });

  it('of a board with many statuses the last are told together, and none is lost', () => {
    const parts = statusParts(Array.from({ length: 20 }, (_, at) => status(`S${at}`, 2)));
    expect(parts).toHaveLength(8);
    expect(parts.at(-1)).toMatchObject({ name: '13 other statuses', count: 26 });
  });
});
