import { describe, expect, it } from 'vitest';

import { sprint } from '../backend/fixtures/jira';
import { chosenSprint, datesOf, optionsOf, timeLeft } from './sprint';

const NOW = Date.parse('2026-02-18T14:00:00Z');
const days = (count: number) => new Date(NOW + count * 24 * 60 * 60_000).toISOString();

it('the dates of a sprint are days, as far as they are known', () => {
  const of = (start_date: string | null, end_date: string | null) =>
    datesOf(sprint(1, { start_date, end_date }), NOW);
  expect(of('2026-02-10T08:00:00Z', '2026-02-24T08:00:00Z')).toBe('10 Feb – 24 Feb');
  expect(of('2025-12-29T08:00:00Z', '2026-01-12T08:00:00Z')).toBe('29 Dec 2025 – 12 Jan');
  expect(of('2026-02-10T08:00:00Z', null)).toBe('from 10 Feb');
  expect(of(null, '2026-02-24T08:00:00Z')).toBe('until 24 Feb');
  expect(of(null, null)).toBeNull();
});

it('how long it lasts is told of active and planned ones', () => {
  const of = (change: Parameters<typeof sprint>[1]) => timeLeft(sprint(1, change), NOW);
  expect(of({ end_date: days(4) })).toBe('4 days left');
  expect(of({ end_date: days(1) })).toBe('1 day left');
  expect(of({ end_date: days(0) })).toBe('ends today');
  expect(of({ end_date: days(-2) })).toBe('2 days over its end');
  expect(of({ end_date: null })).toBeNull();
  expect(of({ state: 'future', start_date: days(5) })).toBe('begins in 5 days');
  expect(of({ state: 'future', start_date: days(0) })).toBe('planned to begin today');
  expect(of({ state: 'future', start_date: days(-1) })).toBe('was to begin 1 day ago');
  expect(of({ state: 'closed' })).toBeNull();
});

describe('the choice', () => {
  const all = [
    sprint(42),
    sprint(42, { account: 'client', name: 'Dock 3' }),
    sprint(43, { state: 'future' }),
    sprint(41, { state: 'closed' }),
  ];

  it('is grouped by state, and names the account where there are several', () => {
    expect(optionsOf(all).map(({ group, label }) => `${group}: ${label}`)).toEqual([
      'Active: Sprint 42 · jira',
      'Active: Dock 3 · client',
      'Planned: Sprint 43 · jira',
      'Closed: Sprint 41 · jira',
    ]);
    expect(optionsOf(all.slice(0, 1))[0]?.label).toBe('Sprint 42');
    expect(new Set(optionsOf(all).map(({ value }) => value)).size, 'each is another').toBe(4);
  });

  it('is the first active one, unless the address names another', () => {
    const chosen = (query: string, of = all) => chosenSprint(of, new URLSearchParams(query))?.name ?? null;
    expect(chosen('')).toBe('Sprint 42');
    expect(chosen('sprint=42&account=client')).toBe('Dock 3');
    expect(chosen('sprint=41')).toBe('Sprint 41');
    expect(chosen('sprint=99'), 'gone').toBeNull();
    expect(chosen('', all.slice(2)), 'none is active').toBeNull();
  });
});
