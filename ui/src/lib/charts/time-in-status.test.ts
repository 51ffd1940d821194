import { expect, it } from 'vitest';

import { change } from '../backend/fixtures/jira';
import { minutesAgo } from '../backend/fixtures/sample';
import { spanWords, statusHues, timeInStatus } from './time-in-status';

const HOUR = 60;
const told = (changelog: ReturnType<typeof change>[], done = false) =>
  timeInStatus(
    {
      created: minutesAgo(100 * HOUR),
      changelog,
      status: 'x',
      status_category: done ? 'done' : 'in_progress',
    },
    Date.now(),
  )?.map(({ status, milliseconds, isNow }) => [status, Math.round(milliseconds / 3_600_000), isNow]);

it('time counts from when a card was made to now, and what it came back to is added', () => {
  const changes = [
    change(90 * HOUR, 'a', 'status', 'To do', 'In progress'),
    change(80 * HOUR, 'a', 'Story Points', '1', '2'),
    change(60 * HOUR, 'a', 'status', 'In progress', 'To do'),
    change(50 * HOUR, 'a', 'Status', 'To do', 'In review'),
  ];
  expect(told(changes)).toEqual([
    ['To do', 20, false],
    ['In progress', 30, false],
    ['In review', 50, true],
  ]);
  expect(told([...changes].reverse()), 'in whatever order they came').toEqual(told(changes));
});

it('what is done takes no more time', () => {
  expect(told([change(40 * HOUR, 'a', 'status', 'To do', 'Done')], true)).toEqual([['To do', 60, false]]);
});

it('nothing is said of a card that was never moved', () => {
  expect(told([change(40 * HOUR, 'a', 'summary', 'a', 'b')])).toBeUndefined();
});

it('clocks that disagree and names that are missing do no harm', () => {
  const odd = [change(-60, 'a', 'status', null, ''), change(200 * HOUR, 'a', 'status', 'A', 'B')];
  expect(told(odd)).toEqual([
    ['A', 0, false],
    ['no status', 101, true],
  ]);
});

it('many statuses are five and the others', () => {
  const many = Array.from({ length: 12 }, (_, at) =>
    change((90 - at * (at + 1) * 0.5) * HOUR, 'a', 'status', `S${at}`, `S${at + 1}`),
  );
  const all = timeInStatus(
    { created: minutesAgo(100 * HOUR), changelog: many, status: 'S12', status_category: null },
    Date.now(),
  );
  expect(all).toHaveLength(6);
  expect(all?.at(-1)).toMatchObject({ status: '8 others', isNow: false });
});

it('a status has the hue of its column, as long as no other one has it', () => {
  const meanings = new Map([
    ['To do', 'todo'],
    ['Doing', 'in_progress'],
    ['Review', 'in_progress'],
  ] as const);
  expect(statusHues(['To do', 'Doing', 'Review', 'Odd'], meanings)).toEqual([5, 1, 0, 2]);
  const many = statusHues(['a', 'b', 'c', 'd', 'e', 'f', 'g'], new Map());
  expect(new Set(many).size).toBe(6);
});

it('a span is told in one unit, rounded down', () => {
  const HOURS = 3_600_000;
  expect([10, 61_000, 90 * 60_000, 47 * HOURS, 49 * HOURS].map(spanWords)).toEqual([
    'under a minute',
    '1 minute',
    '1 hour',
    '47 hours',
    '2 days',
  ]);
});
