import { expect, it } from 'vitest';

import { card } from '../../lib/backend/fixtures/jira';
import { assigneesOf, isFiltered, keptOf, matching, readFilter, writeFilter } from './filter';

const CARDS = [
  card('A-1', 'Retry reads', { assignee: 'Mira' }),
  card('A-2', 'Count retries', { assignee: null }),
  card('B-3', 'Paint', { assignee: 'Ada', status: 'In review' }),
];
const keys = (text: string, assignee: string | null = null) =>
  matching(CARDS, { text, assignee }).map(({ key }) => key);

it('every word is looked for, in what is seen of a card', () => {
  expect(keys('')).toEqual(['A-1', 'A-2', 'B-3']);
  expect(keys('RETR')).toEqual(['A-1', 'A-2']);
  expect(keys('retr mira')).toEqual(['A-1']);
  expect(keys('review b-3')).toEqual(['B-3']);
});

it('nobody is somebody to choose, after all others', () => {
  expect(assigneesOf(CARDS)).toEqual(['Ada', 'Mira', '']);
  expect(assigneesOf(CARDS.slice(0, 1))).toEqual(['Mira']);
  expect(keys('', '')).toEqual(['A-2']);
  expect(keys('', 'Ada')).toEqual(['B-3']);
});

it('the address says it, and keeps what else it says', () => {
  const query = new URLSearchParams('sprint=42&account=jira&text=old&burndown=1');
  const written = writeFilter(query, { text: 'new', assignee: '' });
  expect(written).toEqual({ sprint: '42', account: 'jira', burndown: '1', text: 'new', assignee: '' });
  expect(readFilter(new URLSearchParams(written))).toEqual({ text: 'new', assignee: '' });
  expect(writeFilter(query, { text: '', assignee: null })).not.toHaveProperty('text');
  expect(keptOf(query)).toEqual({ text: 'old', burndown: '1' });
  expect(isFiltered(readFilter(new URLSearchParams('sprint=42')))).toBe(false);
});
