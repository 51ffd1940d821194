import { expect, it } from 'vitest';

import { card } from '../backend/fixtures/jira';
import { columnsOf, goneWords, pointWords, tallySentence } from './board';

const CARDS = [
  card('A-1', 'gone', { removed: 'deleted', story_points: 100 }),
  card('A-2', 'to do', { story_points: 0.5 }),
  card('A-3', 'begun', { status_category: 'in_progress', story_points: null }),
  card('A-4', 'done', { status_category: 'done', story_points: 2 }),
];

it('cards stand in the column that their status means, what is gone behind the others', () => {
  const columns = columnsOf(CARDS);
  expect(columns.map(({ category }) => category)).toEqual(['todo', 'in_progress', 'done']);
  expect(columns[0]?.cards.map(({ key }) => key)).toEqual(['A-2', 'A-1']);
  expect(columns[0]?.count, 'what is gone does not count').toBe(1);
  expect(
    columnsOf([]).map(({ count }) => count),
    'a column stays when it is empty',
  ).toEqual([0, 0, 0]);
});

it('a status of which Jira does not say what it means has a column only where there is one', () => {
  const columns = columnsOf([...CARDS, card('A-5', 'odd', { status_category: null })]);
  expect(columns.at(-1)).toMatchObject({ category: 'other', title: 'No category', count: 1 });
});

it('one sentence tells how far it is, in cards and in points', () => {
  expect(tallySentence(CARDS)).toBe('1 of 3 cards done, 2 of 2.5 points.');
  expect(tallySentence(CARDS.slice(0, 1))).toBe('It has no cards.');
  expect(tallySentence([card('A-1', 'x', { story_points: null })])).toBe('0 of 1 card done.');
});

it('points are not rounded to what nobody estimated', () => {
  expect(pointWords(1)).toBe('1 point');
  expect(pointWords(0.5)).toBe('0.5 points');
  expect(pointWords(0.1 + 0.2)).toBe('0.3 points');
});

it('a card that is gone says how', () => {
  expect(goneWords({ removed: false })).toBeNull();
  expect(goneWords({ removed: 'deleted' })?.word).toBe('deleted');
  expect(goneWords({ removed: 'moved' })?.word).toBe('moved away');
});
