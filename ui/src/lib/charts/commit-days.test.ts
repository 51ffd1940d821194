import { describe, expect, it } from 'vitest';

import { commitDays, daysSentence, dayWords } from './commit-days';

/** So many days up to Sunday, 22 November 2026. */
const daysUntilSunday = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.UTC(2026, 10, 22 - (count - 1 - at)));
    return day.toISOString().slice(0, 10);
  });
const days = daysUntilSunday(30);
const none = days.map(() => 0);
const on = (counts: Record<string, number>) => days.map((day) => counts[day] ?? 0);
const two = [
  { repo: 'acme/api', counts: on({ '2026-11-17': 5, '2026-11-18': 1 }) },
  { repo: null, counts: on({ '2026-11-17': 3 }) },
];
const column = (commits: typeof two, day: string) =>
  commitDays({ days, commits }, 80).columns.find((one) => one.day === day);

describe('the bars of commits per day', () => {
  it('stand on each other from the ground, the busiest repository lowest', () => {
    const { top } = commitDays({ days, commits: two }, 80);
    expect(top).toBe(8);
    expect(column(two, '2026-11-17')?.pieces).toMatchObject([
      { name: 'acme/api', count: 5, y: 30, height: 49 },
      { name: 'others', count: 3, y: 0, height: 29, hue: 5 },
    ]);
    expect(column(two, '2026-11-19')?.pieces).toEqual([]);
  });

  it('know the weekend and today', () => {
    const { columns } = commitDays({ days, commits: two }, 80);
    expect(columns.slice(-3).map((one) => one.isWeekend)).toEqual([false, true, true]);
    expect(columns.filter((one) => one.isToday).map(({ day }) => day)).toEqual(['2026-11-22']);
  });

  it('are seen however small they are, and nothing is drawn for nothing', () => {
    const huge = [
      { repo: 'a/b', counts: on({ '2026-11-17': 100_000 }) },
      { repo: 'c/d', counts: on({ '2026-11-18': 1 }) },
      { repo: 'e/f', counts: none },
    ];
    expect(column(huge, '2026-11-18')?.pieces[0]?.height).toBe(1);
    expect(
      commitDays({ days, commits: huge }, 80).series.map(({ name }) => name),
      'who has nothing is not in the legend',
    ).toEqual(['a/b', 'c/d']);
  });
});

describe('the sentence beside them', () => {
  it('says how many, on which weekday most, and how many today', () => {
    expect(daysSentence({ days, commits: two })).toBe('9 commits in 30 days, most on Tuesdays; none today.');
    const today = [{ repo: 'a/b', counts: on({ '2026-11-22': 1 }) }];
    expect(daysSentence({ days, commits: today })).toBe('1 commit in 30 days; 1 today.');
  });

  it('names no weekday where two have as many, or too few days were looked at', () => {
    const even = [{ repo: 'a/b', counts: on({ '2026-11-17': 2, '2026-11-18': 2 }) }];
    expect(daysSentence({ days, commits: even })).toBe('4 commits in 30 days; none today.');
    const week = daysUntilSunday(7);
    expect(daysSentence({ days: week, commits: [{ repo: 'a/b', counts: [9, 0, 0, 0, 0, 0, 0] }] })).toBe(
      '9 commits in 7 days; none today.',
    );
  });

  it('says it of a quiet month', () => {
    expect(daysSentence({ days, commits: [] })).toBe('No commits in 30 days.');
  });
});

it('a day is told with its repositories', () => {
  const words = (day: string) => {
    const one = column(two, day);
    return one ? dayWords(one) : '';
  };
  expect(words('2026-11-17')).toBe('Tue 17 Nov: 8 commits, acme/api 5, others 3');
  expect(words('2026-11-22')).toBe('Sun 22 Nov, today: no commits');
});
