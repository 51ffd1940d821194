import { expect, it } from 'vitest';

import { isWeekend, localDay, longDay, shortDay, weekdayOf, weekendsBetween } from './days';

it('a day is the same day in every zone', () => {
  expect(shortDay('2026-11-22')).toBe('22 Nov');
  expect(longDay('2026-03-01')).toBe('Sun 1 Mar');
  expect(weekdayOf('2026-11-24')).toBe('Tuesday');
  expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map(isWeekend)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(localDay(new Date(2026, 0, 2, 0, 1).getTime())).toBe('2026-01-02');
});

it('weekends are found between two instants, cut where those lie within one', () => {
  const at = (day: number, hour = 0) => new Date(2026, 10, day, hour).getTime();
  expect(weekendsBetween(at(9, 9), at(22, 12))).toEqual([
    { from: at(14), until: at(16) },
    { from: at(21), until: at(22, 12) },
  ]);
  expect(weekendsBetween(at(15, 9), at(15, 17))).toEqual([{ from: at(15, 9), until: at(15, 17) }]);
  expect(weekendsBetween(at(10), at(11))).toEqual([]);
  const spring = weekendsBetween(new Date(2026, 2, 28).getTime(), new Date(2026, 2, 30).getTime());
  expect(spring, 'the weekend that has 47 hours').toHaveLength(1);
});
