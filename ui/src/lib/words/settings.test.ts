import { describe, expect, it } from 'vitest';

import { durationWords, secondsOf } from './duration';
import { choicesOf, hoursOf, originOf, readQuietHours, SCALES, writeQuietHours } from './settings';

describe('durations', () => {
  it.each([
    ['15m', 900, '15 minutes'],
    ['1h', 3600, '1 hour'],
    ['1h30m', 5400, '1 hour 30 minutes'],
    ['1m30s', 90, '1 minute 30 seconds'],
    ['2h0m1s', 7201, '2 hours 1 second'],
  ])('%s is %d seconds, "%s"', (text, seconds, words) => {
    expect(secondsOf(text)).toBe(seconds);
    expect(durationWords(text)).toBe(words);
  });

  it('that PDT would not write so stay as they are', () => {
    for (const text of ['', 'soon', '1.5h', '-5m', '15 m']) {
      expect(secondsOf(text)).toBeNull();
      expect(durationWords(text)).toBe(text);
    }
  });
});

describe('what is offered', () => {
  it('holds the value in force, at its place', () => {
    expect(choicesOf(SCALES.interval_commits, '15m')).toHaveLength(7);
    expect(choicesOf(SCALES.interval_commits, '1h30m')).toEqual([
      ...['5m', '10m', '15m', '30m', '1h', '1h30m', '2h', '4h'],
    ]);
    expect(choicesOf(SCALES.history_days, '3650').at(-1)).toBe('3650');
  });

  it('has words for each value', () => {
    expect(SCALES.history_days.words('1')).toBe('1 day');
    expect(SCALES.history_days.words('365')).toBe('365 days');
    expect(choicesOf(SCALES.interval_jira, '15m').map(SCALES.interval_jira.words)).toContain('4 hours');
  });
});

it('a value that was given elsewhere says where', () => {
  const from = (source: Parameters<typeof originOf>[0]['source']) =>
    originOf({ value: 'true', default: 'true', source, variable: 'SYNC_ENABLED' });
  expect(from('environment')).toBe('from SYNC_ENABLED in the environment');
  expect(from('env_file')).toBe('from SYNC_ENABLED in the .env file');
  expect(from('flag')).toBe('SYNC_ENABLED, from the command line');
  expect(from('stored')).toBeNull();
  expect(from('default')).toBeNull();
});

describe('quiet hours', () => {
  it('are written as they are read', () => {
    expect(readQuietHours('22:00-07:00')).toEqual({ from: '22:00', until: '07:00' });
    expect(readQuietHours('')).toBeNull();
    expect(writeQuietHours({ from: '12:30', until: '13:00' })).toBe('12:30-13:00');
  });

  it('offer every half hour but the other end, and the value in force', () => {
    const hours = hoursOf('22:15', '07:00');
    expect(hours).toHaveLength(48);
    expect(hours).toContain('22:15');
    expect(hours, 'from then until then would be all day or never').not.toContain('07:00');
    expect(hours.indexOf('22:15')).toBe(hours.indexOf('22:00') + 1);
  });
});
