import { expect, it } from 'vitest';

import { card, change } from '../../lib/backend/fixtures/jira';
import { daysOf, meaningsOf, movedTo } from './history';

it('changes stand below their days, in the order in which they came', () => {
  const at = (id: string, created: string) => ({ ...change(0, 'a', 'status', 'x', 'y'), id, created });
  const days = daysOf([
    at('3', '2026-11-20T22:30:00Z'),
    at('2', '2026-11-20T12:00:00Z'),
    at('1', '2026-11-18T12:00:00Z'),
  ]);
  expect(days.map(({ day, changes }) => [day, changes.map(({ id }) => id)])).toEqual([
    ['2026-11-20', ['3', '2']],
    ['2026-11-18', ['1']],
  ]);
});

it('a change that moved a card tells where to', () => {
  expect(movedTo(change(1, 'a', 'Status', 'To do', ' Done '))).toBe('Done');
  expect(movedTo(change(1, 'a', 'status', 'To do', null))).toBe('');
  expect(movedTo(change(1, 'a', 'assignee', null, 'Mira'))).toBeNull();
});

it('what a status means is learned from cards that are in it', () => {
  const known = meaningsOf([
    card('A-1', 'x', { status: 'Ready', status_category: 'todo' }),
    card('A-2', 'x', { status: 'Odd', status_category: null }),
  ]);
  expect([...known]).toEqual([
    ['Ready', 'todo'],
    ['Odd', 'other'],
  ]);
});
