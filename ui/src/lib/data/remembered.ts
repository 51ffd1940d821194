/** What a window keeps for the next one. Where the web view keeps nothing, or has no room, it is forgotten. */

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It holds for this window.
  }
}
