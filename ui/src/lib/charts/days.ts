/** Days by the calendar, as the wire writes them: `2026-11-22`. Which instant that is nobody needs to know. */
const SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const LONG = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long' });

/** Noon of that day, for some days have 23 hours. */
function noonOf(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12);
}

/** The local day of an instant. */
export function localDay(time: number): string {
  const at = new Date(time);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Saturday and Sunday. */
export function isWeekend(day: string): boolean {
  const weekday = noonOf(day).getDay();
  return weekday === 0 || weekday === 6;
}

/** `12 Nov` */
export const shortDay = (day: string): string => SHORT.format(noonOf(day));

/** `Thu 12 Nov` */
export const longDay = (day: string): string => LONG.format(noonOf(day)).replace(',', '');

/** `Thursday` */
export const weekdayOf = (day: string): string => WEEKDAY.format(noonOf(day));

/** The weekends between two instants, each with where it begins and ends within them. */
export function weekendsBetween(from: number, until: number): { from: number; until: number }[] {
  const weekends: { from: number; until: number }[] = [];
  const begin = new Date(from);
  // The Saturday of that week, or of the one before.
  const back = (begin.getDay() + 1) % 7;
  for (let week = 0; ; week += 1) {
    const saturday = new Date(begin.getFullYear(), begin.getMonth(), begin.getDate() - back + week * 7);
    if (saturday.getTime() >= until) return weekends;
    const monday = new Date(saturday.getFullYear(), saturday.getMonth(), saturday.getDate() + 2);
    const one = { from: Math.max(from, saturday.getTime()), until: Math.min(until, monday.getTime()) };
    if (one.from < one.until) weekends.push(one);
  }
}
