import { expect, it } from 'vitest';

import { beginsGroup, choiceAfter, choicesWith, distinct, firstOf, placeOf, withTyped } from './combobox';

it('arrows go round, from the field into the list', () => {
  expect([choiceAfter('ArrowDown', -1, 3), choiceAfter('ArrowDown', 2, 3)]).toEqual([0, 0]);
  expect([choiceAfter('ArrowUp', -1, 3), choiceAfter('ArrowUp', 0, 3)]).toEqual([2, 2]);
  expect([choiceAfter('PageDown', 0, 3), choiceAfter('PageUp', 2, 3)]).toEqual([2, 0]);
});

it('other keys belong to the field, and an empty list takes none', () => {
  expect([choiceAfter('Home', 1, 3), choiceAfter('x', 1, 3), choiceAfter('ArrowDown', -1, 0)]).toEqual([
    null,
    null,
    null,
  ]);
});

it('every word must be somewhere in a choice', () => {
  const choices = [
    { id: '1', label: 'Mira Kovač', detail: 'mira@example.org' },
    { id: '2', label: 'Jonas Weiß', detail: 'jonas@example.org' },
  ];
  expect(choicesWith(choices, 'EXAMPLE mira').map(({ id }) => id)).toEqual(['1']);
  expect(choicesWith(choices, ' ')).toHaveLength(2);
});

it('a group is named once', () => {
  const choices = ['a', 'a', 'b', undefined].map((group, at) => ({ id: String(at), label: '', group }));
  expect(choices.map((_, at) => beginsGroup(choices, at))).toEqual([true, false, true, false]);
});

const named = (...ids: string[]) => ids.map((id) => ({ id, label: id }));
const idsOf = (choices: readonly { id: string }[]) => choices.map(({ id }) => id);

it('what is found twice is listed once, and what is meant exactly stands first', () => {
  expect(idsOf(distinct(named('CORE-1', 'CORE-2', 'CORE-1')))).toEqual(['CORE-1', 'CORE-2']);
  expect(idsOf(firstOf('CORE-2', named('CORE-1', 'CORE-2')))).toEqual(['CORE-2', 'CORE-1']);
});

it('a list that is not whole offers what was typed, after what it has', () => {
  expect(idsOf(withTyped(named('main-2'), ' main '))).toEqual(['main-2', 'main']);
  expect(idsOf(withTyped(named('main'), 'main'))).toEqual(['main']);
  expect(idsOf(withTyped(named('main'), ' '))).toEqual(['main']);
});

it('a choice is found again wherever it is now', () => {
  expect([placeOf('b', named('a', 'b')), placeOf('b', named('b', 'a')), placeOf('b', [])]).toEqual([
    1, 0, -1,
  ]);
});
