/** Times as people say them. All take the moment to compare with, so that a test can say when now is. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DAY_OF_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const EXACT = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
});

/** Short, for rows: `just now`, `3 min ago`, `in 12 min`, `14:02`, `yesterday 17:40`, `12 Nov`, `12 Nov 2024`. */
export function shortTime(time: string, now: number): string {
  return near(time, now, 'min') ?? far(new Date(time), new Date(now));
}

/** In a sentence: `just now`, `3 minutes ago`, `at 14:02`, `yesterday at 17:40`, `on 12 Nov`. */
export function spokenTime(time: string, now: number): string {
  const close = near(time, now, 'minute');
  if (close !== null) return close;
  const then = new Date(time);
  switch (daysBetween(then, new Date(now))) {
    case 0:
      return `at ${CLOCK.format(then)}`;
    case 1:
      return `yesterday at ${CLOCK.format(then)}`;
    case -1:
      return `tomorrow at ${CLOCK.format(then)}`;
    default:
      return `on ${far(then, new Date(now))}`;
  }
}

/** A day alone: `today`, `yesterday`, `tomorrow`, `12 Nov`, `12 Nov 2027`. */
export function dayOf(time: string, now: number): string {
  const then = new Date(time);
  const days = daysBetween(then, new Date(now));
  const close = { '0': 'today', '1': 'yesterday', '-1': 'tomorrow' }[String(days)];
  return close ?? date(then, new Date(now));
}

/** When something is due that runs by itself: `now`, `in 12 min`, `at 18:00`, `tomorrow 06:00`. */
export function dueTime(time: string, now: number): string {
  if (age(time, now) > -MINUTE / 2) return 'now';
  const words = shortTime(time, now);
  return daysUntil(time, now) === 0 && words.includes(':') ? `at ${words}` : words;
}

/** A day and the time on it, for what happens once: `14:02`, `yesterday 14:02`, `3 Mar 14:02`, `3 Mar 2025 14:02`. */
export function moment(time: string, now: number): string {
  const then = new Date(time);
  const clock = CLOCK.format(then);
  const day = dayOf(time, now);
  return day === 'today' ? clock : `${day} ${clock}`;
}

/** The time of a day: `14:02`. */
export const clockTime = (time: string): string => CLOCK.format(new Date(time));

/** What stands on the wire within a sentence, such as `limited until 2026-02-18T13:02:00Z`, as a local time. */
export function withLocalTimes(text: string, now: number): string {
  return text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, (time) => moment(time, now));
}

/** A day by the calendar: `12 Nov`, `12 Nov 2027`. */
export const calendarDay = (time: string, now: number): string => date(new Date(time), new Date(now));

/** How many local days from now to then; negative for what is past. */
export const daysUntil = (time: string, now: number): number => daysBetween(new Date(now), new Date(time));

/** The exact local time with its zone: `Wed, 18 Feb 2026, 23:15:00 GMT+01:00`. */
export const exactTime = (time: string): string => EXACT.format(new Date(time));

/** How long ago, in milliseconds; negative for what is to come. */
export const age = (time: string, now: number): number => now - Date.parse(time);

function near(time: string, now: number, unit: 'min' | 'minute'): string | null {
  const passed = age(time, now);
  const distance = Math.abs(passed);
  // A clock that runs a little ahead is no reason to speak of the future.
  if (distance < MINUTE) return passed < -MINUTE / 2 ? `in 1 ${unit}` : 'just now';
  if (distance >= HOUR) return null;
  const minutes = Math.floor(distance / MINUTE);
  const word = unit === 'min' || minutes === 1 ? unit : `${unit}s`;
  return passed > 0 ? `${minutes} ${word} ago` : `in ${minutes} ${word}`;
}

function far(then: Date, now: Date): string {
  switch (daysBetween(then, now)) {
    case 0:
      return CLOCK.format(then);
    case 1:
      return `yesterday ${CLOCK.format(then)}`;
    case -1:
      return `tomorrow ${CLOCK.format(then)}`;
    default:
      return date(then, now);
  }
}

const date = (then: Date, now: Date): string =>
  (then.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR).format(then);

/** Local days from one moment to a later one. Noon is taken, for some days have 23 hours. */
function daysBetween(then: Date, now: Date): number {
  const noon = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate(), 12).getTime();
  return Math.round((noon(now) - noon(then)) / (24 * HOUR));
}
