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

/** Where nothing can be kept, what was chosen is done all the same. */
export function writeRecent(ids: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // The next window begins without them.
  }
}
