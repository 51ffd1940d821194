import type { RemovalDto } from '../backend/backend';
import { counted } from './count';

/** What would be deleted, in figures: `412 commits and 3 links made by hand`; `nothing was collected yet`. */
export function removalWords({ repositories, commits, manual_links, cards }: RemovalDto): string | null {
  const parts = [
    ...(repositories === 0 ? [] : [counted(repositories, 'repository', 'repositories')]),
    ...(commits === 0 ? [] : [counted(commits, 'commit')]),
    ...(manual_links === 0 ? [] : [counted(manual_links, 'link made by hand', 'links made by hand')]),
    ...(cards === 0 ? [] : [`${counted(cards, 'card')} with their history`]),
  ];
  const [last, ...before] = parts.reverse();
  if (last === undefined) return null;
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}
