const KEY = 'pdt.palette';

/** The ids of the commands that were used last, the last one first. They are kept for the next window. */
export function readRecent(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export const writeRecent = (ids: readonly string[]): void => localStorage.setItem(KEY, JSON.stringify(ids));
