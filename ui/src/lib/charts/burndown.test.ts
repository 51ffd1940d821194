import { describe, expect, it } from 'vitest';

import type { BurndownChangeDto, BurndownDto } from '../backend/backend';
import * as fixtures from '../backend/fixtures/burndowns';
import { amount, burndownPicture, burndownSentence, markWords, signed } from './burndown';

const at = (day: number, hour = 12) => new Date(2026, 10, day, hour).toISOString();
const change = (
  day: number,
  kind: BurndownChangeDto['kind'],
  delta: number,
  remaining: number,
): BurndownChangeDto => ({ at: at(day), key: 'A-1', summary: 'x', kind, delta, remaining });
const burndown = (of: Partial<BurndownDto> = {}): BurndownDto => ({
  unit: 'points',
  start: at(9),
  end: at(19),
  committed: 20,
  remaining: 13,
  added: 3,
  removed: 0,
  done: 10,
  changes: [change(11, 'done', -5, 15), change(13, 'added', 3, 18), change(14, 'done', -5, 13)],
  is_partial: false,
  ...of,
});
const picture = (of: Partial<BurndownDto> = {}, now = at(15)) =>
  burndownPicture(burndown(of), Date.parse(now));

describe('the picture of a burndown', () => {
  it('is a line of steps from what was committed to what is left now', () => {
    expect(picture().steps).toBe('M0 0H20V25H40V10H50V35H60V35');
    expect(picture().end).toEqual({ x: 60, y: 35 });
    expect(picture().ideal).toEqual([
      { x: 0, y: 0 },
      { x: 100, y: 100 },
    ]);
  });

  it('ends where the sprint has ended', () => {
    expect(picture({}, at(30)).end.x).toBe(100);
  });

  it('goes on beyond the planned end while something changes there', () => {
    const late = picture({ changes: [change(29, 'done', -20, 0)], remaining: 0 }, at(29));
    expect(late.ideal[1]).toEqual({ x: 50, y: 100 });
    expect(late.end).toEqual({ x: 100, y: 100 });
  });

  it('has its ideal end when it was due, though the sprint goes on', () => {
    const due = (day: number) => burndownPicture(burndown(), Date.parse(at(19)), at(day)).ideal[1];
    expect(due(14)).toEqual({ x: 50, y: 100 });
    expect(due(30), 'one that was completed before').toEqual({ x: 100, y: 100 });
  });

  it('leaves room above for what was added', () => {
    const grown = picture({ changes: [change(10, 'added', 20, 40)], remaining: 40 });
    expect(grown.top).toBe(40);
    expect(grown.ideal[0]).toEqual({ x: 0, y: 50 });
  });

  it('has one mark for each day on which the scope changed', () => {
    const changes = [
      change(10, 'added', 3, 23),
      change(10, 'removed', -2, 21),
      change(11, 'estimated', 5, 26),
      change(12, 'estimated', 0, 26),
      change(13, 'done', -5, 21),
    ];
    const { marks } = picture({ changes });
    expect(marks.map(({ added, removed }) => [added, removed])).toEqual([
      [3, 2],
      [5, 0],
    ]);
    expect(marks.map(markWords)).toEqual(['+3 −2', '+5']);
  });

  it('shades the weekend', () => {
    const [weekend, ...others] = picture().weekends;
    expect(others).toEqual([]);
    expect(weekend).toEqual({ x: 45, width: 20 });
  });

  it('is drawn of a sprint of no length, of nothing, and of numbers that make no sense', () => {
    for (const odd of [
      picture({ end: at(9), changes: [] }),
      picture({ committed: 0, remaining: 0, changes: [] }),
      picture({ remaining: -3, changes: [change(8, 'removed', -23, -3)] }),
    ]) {
      expect(odd.steps).toMatch(/^M0 [\d.]+(H[\d.]+V[\d.]+)+$/);
      expect(odd.end.y).toBeLessThanOrEqual(100);
    }
  });
});

it('one sentence says what was done and what came to it', () => {
  expect(burndownSentence(burndown())).toBe('20 points when it began, 13 left: 10 done, 3 added.');
  expect(burndownSentence(burndown({ unit: 'cards', committed: 1, remaining: 1, done: 0, added: 0 }))).toBe(
    '1 card when it began, 1 left: nothing has changed since.',
  );
  expect(burndownSentence(burndown({ removed: 2.5 }))).toContain('2.5 taken out.');
});

it('an estimate that changed is told once, as what was added or taken out', () => {
  const estimated = { remaining: 16, done: 0, added: 0, removed: 4 };
  const changes = [change(10, 'estimated', -4, 16)];
  expect(burndownSentence(burndown({ ...estimated, changes }))).toBe(
    '20 points when it began, 16 left: 4 taken out.',
  );
});

it.each(Object.entries(fixtures).filter(([name]) => name !== 'burndown'))(
  'the numbers of the fixture %s add up as those of the engine do',
  (_, made) => {
    const { committed, added, removed, done, remaining } = (made as () => BurndownDto)();
    expect(committed + added - removed - done).toBeCloseTo(remaining, 6);
  },
);

it('numbers have their sign and no more digits than they need', () => {
  expect([3, -2.5, 0, 0.1 + 0.2].map(signed)).toEqual(['+3', '−2.5', '0', '+0.3']);
  expect(amount(1, 'points')).toBe('1 point');
});
