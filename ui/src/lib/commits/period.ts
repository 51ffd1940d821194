/** Days from one to another, both included, in local time, as `2026-11-22`. Null is open. */
export interface Days {
  since: string | null;
  until: string | null;
}

export interface Period extends Days {
  id: string;
  label: string;
}

/** The periods that are asked for most, as of now. Weeks begin on Monday. */
export function periods(now: number): Period[] {
  const today = new Date(now);
  const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate()];
  const monday = date - ((today.getDay() + 6) % 7);
  const from = (id: string, label: string, first: [number, number], last: [number, number]): Period => ({
    id,
    label,
    since: isoDay(new Date(year, ...first, 12)),
    until: isoDay(new Date(year, ...last, 12)),
  });
  return [
    from('today', 'Today', [month, date], [month, date]),
    from('yesterday', 'Yesterday', [month, date - 1], [month, date - 1]),
    from('this-week', 'This week', [month, monday], [month, monday + 6]),
    from('last-week', 'Last week', [month, monday - 7], [month, monday - 1]),
    from('this-month', 'This month', [month, 1], [month + 1, 0]),
    from('last-month', 'Last month', [month - 1, 1], [month, 0]),
  ];
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const DAY_OF_YEAR = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `Last week`, `22 Nov`, `3 – 7 Nov 2025`, `since 3 Nov`, `until 7 Nov`; null where all days are meant. */
export function periodWords({ since, until }: Days, now: number): string | null {
  const known = periods(now).find((one) => one.since === since && one.until === until);
  if (known) return known.label;
  const words = (day: string) => dayWords(day, now);
  if (since !== null && until !== null)
    return since === until ? words(since) : `${words(since)} – ${words(until)}`;
  if (since !== null) return `since ${words(since)}`;
  return until === null ? null : `until ${words(until)}`;
}

function dayWords(day: string, now: number): string {
  const isThisYear = day.startsWith(`${new Date(now).getFullYear()}-`);
  return (isThisYear ? DAY : DAY_OF_YEAR).format(new Date(`${day}T12:00:00Z`));
}

/** The local day of a moment: `2026-11-22`. */
export function isoDay(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
