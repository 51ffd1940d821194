/** Durations as Go writes them, which is how intervals are stored: `90s`, `15m`, `1h30m`. */

const UNITS = [
  ['h', 'hour', 3600],
  ['m', 'minute', 60],
  ['s', 'second', 1],
] as const;

const WRITTEN = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** How many seconds that is; null for what PDT itself would not write so. */
export function secondsOf(text: string): number | null {
  const [whole, ...counts] = WRITTEN.exec(text) ?? [];
  if (!whole) return null;
  return counts.reduce((sum, count, at) => sum + Number(count ?? 0) * (UNITS[at]?.[2] ?? 0), 0);
}

/** In words: `15 minutes`, `1 hour 30 minutes`. What cannot be read stays as it is. */
export function durationWords(text: string): string {
  const [whole, ...counts] = WRITTEN.exec(text) ?? [];
  if (!whole) return text;
  return counts
    .map((count, at) => [Number(count ?? 0), UNITS[at]?.[1] ?? ''] as const)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}
