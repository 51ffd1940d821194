import type { SettingDto } from '../backend/backend';
import { counted } from './count';
import { durationWords, secondsOf } from './duration';

/** A setting whose value is chosen from a few, or written. */
export interface Scale {
  /** The values that are offered. */
  choices: readonly string[];
  /** A value in words. */
  words: (value: string) => string;
  /** By what values are sorted; null for what cannot be read. */
  size: (value: string) => number | null;
  /** What another value is called, and how it is written. */
  other: { label: string; hint: string };
}

const INTERVALS = ['5m', '10m', '15m', '30m', '1h', '2h', '4h'];
const DAYS = ['7', '14', '30', '60', '90', '180', '365'];

const INTERVAL: Scale = {
  choices: INTERVALS,
  words: durationWords,
  size: secondsOf,
  other: { label: 'Another interval', hint: 'Such as 45s, 20m or 1h30m. Enter takes it.' },
};

export const SCALES = {
  interval_commits: INTERVAL,
  interval_jira: INTERVAL,
  history_days: {
    choices: DAYS,
    words: (value) => (/^\d+$/.test(value) ? counted(Number(value), 'day') : value),
    size: (value) => (/^\d+$/.test(value) ? Number(value) : null),
    other: {
      label: 'Another number of days',
      hint: 'A whole number from 1 to 3650. Enter takes it.',
    },
  },
} as const satisfies Record<string, Scale>;

/** What is offered: the sensible values, and among them the one in force. */
export function choicesOf(scale: Scale, value: string): string[] {
  if (scale.choices.includes(value)) return [...scale.choices];
  const size = (of: string) => scale.size(of) ?? Infinity;
  return [...scale.choices, value].sort((a, b) => size(a) - size(b));
}

/** Where a value comes from that cannot be chosen here; null where it can. */
export function originOf({ source, variable }: SettingDto): string | null {
  switch (source) {
    case 'flag':
      return `${variable}, from the command line`;
    case 'environment':
      return `from ${variable} in the environment`;
    case 'env_file':
      return `from ${variable} in the .env file`;
    case 'stored':
    case 'default':
      return null;
  }
}

export const isOn = ({ value }: Pick<SettingDto, 'value'>): boolean => value === 'true';

export interface QuietHours {
  from: string;
  until: string;
}

/** What is proposed to who turns quiet hours on. */
export const NIGHT: QuietHours = { from: '22:00', until: '07:00' };

/** Reads `22:00-07:00`; null where there are none. */
export function readQuietHours(value: string): QuietHours | null {
  const [from, until] = value.split('-');
  return from && until ? { from, until } : null;
}

export const writeQuietHours = ({ from, until }: QuietHours): string => `${from}-${until}`;

/** Every half hour of a day, and among them the one in force. Without the other end: quiet hours are not a whole day. */
export function hoursOf(value: string, other: string): string[] {
  const halves = Array.from({ length: 48 }, (_, at) => {
    const hour = String(Math.floor(at / 2)).padStart(2, '0');
    return `${hour}:${at % 2 === 0 ? '00' : '30'}`;
  });
  return [...new Set([...halves, value])].filter((one) => one !== other).sort();
}

/** What the window can look like. */
export const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export type Theme = (typeof THEMES)[number]['value'];

/** A theme as it is written; anything else is the system's. */
export const themeOf = (value: string): Theme => THEMES.find((one) => one.value === value)?.value ?? 'system';
