import { expect, it } from 'vitest';

import { change } from '../backend/fixtures/jira';
import { authorOf, changeSentences, newestFirst } from './changelog';

const said = (field: string, from: string | null, to: string | null) =>
  changeSentences(change(1, 'Ada', field, from, to))[0];

it('a change is told as a person would', () => {
  expect(said('status', 'To do', 'In progress')).toBe('moved Status from “To do” to “In progress”');
  expect(said('priority', 'Low', 'High')).toBe('changed Priority from “Low” to “High”');
  expect(said('assignee', null, 'Mira')).toBe('set Assignee to “Mira”');
  expect(said('assignee', 'Mira', ''), 'an empty value is none').toBe('removed Assignee, which was “Mira”');
  expect(said('Link', null, null)).toBe('changed Link');
  expect(said('', null, null)).toBe('changed a field without a name');
});

it('whole texts are not repeated in a sentence', () => {
  const long = 'x'.repeat(200);
  expect(said('description', long, `${long}y`)).toBe('changed Description');
  expect(said('description', null, 'two\nlines')).toBe('wrote Description');
  expect(said('description', 'two\nlines', null)).toBe('removed Description');
  expect(said('f'.repeat(500), 'a', 'b')?.length).toBeLessThan(200);
});

it('every field of a change is told', () => {
  const two = { ...change(1, 'Ada', 'status', 'A', 'B') };
  two.items = [...two.items, ...change(1, 'Ada', 'Sprint', null, '42').items];
  expect(changeSentences(two)).toHaveLength(2);
});

it('what nobody did was done by Jira', () => {
  expect(authorOf(change(1, null, 'a', null, null))).toBe('Jira');
  expect(authorOf(change(1, ' ', 'a', null, null))).toBe('Jira');
});

it('the newest change stands first', () => {
  const log = [change(3, 'A', 'a', null, null), change(1, 'B', 'a', null, null)];
  expect(newestFirst(log).map(({ author }) => author)).toEqual(['B', 'A']);
  expect(log[0]?.author, 'what was given stays as it is').toBe('A');
});
