/** Where a key leads in a row of so many days; null where it leads nowhere. */
export function nextDay(key: string, here: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, here - 1);
    case 'ArrowRight':
      return Math.min(count - 1, here + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
