import { describe, expect, it, vi } from 'vitest';

import { runOf } from '../backend/fixtures/activity';
import type { RunSummaryDto } from '../backend/backend';
import { continued, renewed, RunList, RUNS_AT_ONCE } from '../data/run-list.svelte';
import { isFiltered, NO_FILTER, readFilter, writeFilter } from './filter';
import { daysOf, stretchWords } from './fold';

const NOW = Date.parse('2026-02-18T14:00:00Z');

/** A run that began at a minute of the day. */
const at = (id: number, time: string, change: Partial<RunSummaryDto> = {}) =>
  runOf(id, { started_at: `2026-02-18T${time}:00Z`, finished_at: `2026-02-18T${time}:05Z`, ...change });

const folded = (runs: RunSummaryDto[], open: number | null = null) =>
  daysOf(runs, { now: NOW, isFolding: true, open }).flatMap(({ items }) =>
    items.map((item) => (item.kind === 'run' ? item.run.id : item.words)),
  );

describe('a history', () => {
  it('is told by day, the latest first', () => {
    const days = daysOf([at(2, '12:00'), { ...at(1, '12:00'), started_at: '2026-02-17T12:00:00Z' }], {
      now: NOW,
      isFolding: true,
      open: null,
    });
    expect(days.map(({ label }) => label)).toEqual(['Today', 'Yesterday']);
  });

  it('tells a day twice that a clock leads to twice', () => {
    const runs = [at(3, '12:00'), { ...at(2, '12:00'), started_at: '2026-02-17T12:00:00Z' }, at(1, '11:00')];
    const keys = (of: RunSummaryDto[]) =>
      daysOf(of, { now: NOW, isFolding: true, open: null }).map(({ key }) => key);
    expect(new Set(keys(runs)).size).toBe(3);
    expect(keys([at(4, '12:30'), ...runs]), 'they stay the same while runs come').toEqual(keys(runs));
  });

  it('tells long stretches without news in one line', () => {
    const quiet = [at(4, '12:00'), at(3, '11:45', { loop: 'jira' }), at(2, '11:30')];
    expect(folded([at(5, '12:15', { new: 1 }), ...quiet, at(1, '11:15', { new: 2 })])).toEqual([
      5,
      '3 runs without news, 12:30–13:00',
      1,
    ]);
  });

  it('tells two such runs one by one: a line for them would save nothing', () => {
    expect(folded([at(2, '12:00'), at(1, '11:45')])).toEqual([2, 1]);
  });

  it('never folds trouble, news or the run that is open', () => {
    const all = [
      at(4, '12:00', { outcome: 'failed', error: 'No.' }),
      at(3, '11:45'),
      at(2, '11:30'),
      at(1, '11:15'),
    ];
    expect(folded(all)[0]).toBe(4);
    expect(folded(all, 2)).toEqual([4, 3, 2, 1]);
    expect(
      folded([at(9, '12:00', { outcome: null, finished_at: null }), ...all])[0],
      'one that goes on',
    ).toBe(9);
  });

  it('keeps what was skipped for different reasons apart', () => {
    const skipped = (id: number, reason: string) => at(id, '12:00', { outcome: 'skipped', reason });
    const offline = [skipped(6, 'offline'), skipped(5, 'offline'), skipped(4, 'offline')];
    const paused = [skipped(3, 'paused'), skipped(2, 'paused'), skipped(1, 'paused')];
    expect(folded([...offline, ...paused])).toEqual([
      '3 runs skipped, 13:00–13:00: offline',
      '3 runs skipped, 13:00–13:00: paused',
    ]);
  });

  it('that is asked for in full is not folded', () => {
    const days = daysOf([at(3, '12:00'), at(2, '11:45'), at(1, '11:30')], {
      now: NOW,
      isFolding: false,
      open: null,
    });
    expect(days[0]?.items.map(({ kind }) => kind)).toEqual(['run', 'run', 'run']);
  });

  it('of nothing has no words', () => {
    expect(stretchWords([])).toBe('');
  });
});

it('a filter stands in the address as it is read from it', () => {
  const filter = { loop: 'jira', troubled: true, eventful: true, inFull: true } as const;
  expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter);
  expect(readFilter(new URLSearchParams('loop=everything'))).toEqual(NO_FILTER);
  expect(isFiltered({ ...NO_FILTER, inFull: true }), 'nothing is left out by it').toBe(false);
});

it('runs of another question are not shown as the answer to this one', async () => {
  let answer = () => Promise.resolve([runOf(1)]);
  const list = new RunList(() => answer());
  list.watch();
  await vi.waitFor(() => expect(list.reading.kind).toBe('data'));
  answer = () => Promise.reject(new Error('No.'));
  list.choose({ loop: 'jira', troubled: false, eventful: false });
  await vi.waitFor(() => expect(list.reading.kind).toBe('failed'));
});

describe('what was read of the history', () => {
  const page = (from: number, count = RUNS_AT_ONCE) =>
    Array.from({ length: count }, (_, nth) => runOf(from - nth));
  const ids = ({ runs }: { runs: readonly RunSummaryDto[] }) => runs.map(({ id }) => id);

  it('stays behind the latest ones, which are read again', () => {
    const held = continued({ runs: page(1000), hasMore: true }, page(800, 10));
    const next = renewed(held, page(1002));
    expect(ids(next)[0]).toBe(1002);
    expect(next.runs).toHaveLength(212);
    expect(new Set(ids(next)).size, 'none is there twice').toBe(212);
    expect(next.hasMore, 'the end of the history was seen').toBe(false);
  });

  it('is given up where a gap would be left', () => {
    const next = renewed({ runs: page(1000), hasMore: false }, page(2000));
    expect(next.runs).toHaveLength(RUNS_AT_ONCE);
    expect(next.hasMore).toBe(true);
  });

  it('ends with the first page that is not full', () => {
    expect(renewed({ runs: [], hasMore: false }, page(5, 5)).hasMore).toBe(false);
    expect(renewed({ runs: [], hasMore: false }, page(500)).hasMore).toBe(true);
    expect(continued({ runs: page(500), hasMore: true }, []).hasMore).toBe(false);
  });
});
