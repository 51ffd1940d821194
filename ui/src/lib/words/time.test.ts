import { describe, expect, it } from 'vitest';

import {
  calendarDay,
  dayOf,
  daysUntil,
  dueTime,
  exactTime,
  moment,
  shortTime,
  spokenTime,
  withLocalTimes,
} from './time';

const NOW = Date.parse('2026-02-18T14:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

describe('short times', () => {
  it.each([
    [0, 'just now'],
    [0.9, 'just now'],
    [1, '1 min ago'],
    [3, '3 min ago'],
    [59.9, '59 min ago'],
    [60, '14:00'],
    [60 * 14, '01:00'],
    [60 * 16, 'yesterday 23:00'],
    [60 * 24 * 2, '16 Feb'],
    [60 * 24 * 60, '20 Dec 2025'],
    [-0.3, 'just now'],
    [-0.8, 'in 1 min'],
    [-12, 'in 12 min'],
    [-60 * 3, '18:00'],
    [-60 * 20, 'tomorrow 11:00'],
  ])('%d minutes ago is "%s"', (minutes, words) => {
    expect(shortTime(ago(minutes), NOW)).toBe(words);
  });
});

it('in a sentence the unit is written out, and singular where it is one', () => {
  expect(spokenTime(ago(1), NOW)).toBe('1 minute ago');
  expect(spokenTime(ago(3), NOW)).toBe('3 minutes ago');
  expect(spokenTime(ago(120), NOW)).toBe('at 13:00');
  expect(spokenTime(ago(60 * 16), NOW)).toBe('yesterday at 23:00');
  expect(spokenTime(ago(60 * 24 * 5), NOW)).toBe('on 13 Feb');
});

it('yesterday is the day before by the calendar, also when the clocks change', () => {
  const morningAfter = Date.parse('2026-03-29T06:00:00Z');
  expect(shortTime('2026-03-28T22:30:00Z', morningAfter), 'the day has 23 hours').toBe('yesterday 23:30');
});

it('a day is named where it is near', () => {
  expect(dayOf(ago(-60 * 24), NOW)).toBe('tomorrow');
  expect(dayOf('2027-03-12T00:00:00Z', NOW)).toBe('12 Mar 2027');
});

it('the exact time is local and names its zone', () => {
  expect(exactTime('2026-02-18T22:15:00Z')).toBe('Wed, 18 Feb 2026, 23:15:00 GMT+01:00');
});

describe('what is due', () => {
  it.each([
    [-0.6, 'in 1 min'],
    [-12, 'in 12 min'],
    [-60 * 3, 'at 18:00'],
    [-60 * 20, 'tomorrow 11:00'],
    [-60 * 24 * 3, '21 Feb'],
    [-0.4, 'now'],
    [5, 'now'],
  ])('%d minutes ago is due "%s"', (minutes, words) => {
    expect(dueTime(ago(minutes), NOW)).toBe(words);
  });
});

it('a time of the wire within a sentence is said as a local one', () => {
  expect(withLocalTimes('limited until 2026-02-18T15:40:00Z', NOW)).toBe('limited until 16:40');
  expect(withLocalTimes('limited until 2026-02-19T05:00:00Z.', NOW)).toBe('limited until tomorrow 06:00.');
  expect(withLocalTimes('acme/2026-02-18 is gone', NOW), 'a name is left alone').toBe(
    'acme/2026-02-18 is gone',
  );
});

it('what happens once has its day and its time', () => {
  expect(moment(ago(60), NOW)).toBe('14:00');
  expect(moment(ago(-60 * 20), NOW)).toBe('tomorrow 11:00');
  expect(moment(ago(60 * 16), NOW)).toBe('yesterday 23:00');
  expect(moment(ago(60 * 24 * 3), NOW)).toBe('15 Feb 15:00');
  expect(moment('2025-03-03T13:02:00Z', NOW)).toBe('3 Mar 2025 14:02');
});

it('days are counted by the calendar', () => {
  expect(calendarDay('2026-03-03T13:02:00Z', NOW)).toBe('3 Mar');
  expect(daysUntil('2026-02-19T00:30:00+01:00', NOW), 'tomorrow, though in a few hours').toBe(1);
  expect(daysUntil('2026-02-17T23:00:00Z', NOW), 'today here').toBe(0);
  expect(daysUntil('2026-02-16T12:00:00Z', NOW)).toBe(-2);
});
