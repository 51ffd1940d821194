import type { AvailableDto } from '../../lib/backend/backend';
import { counted } from '../../lib/words/count';
import { fullName } from '../../lib/words/repository';

/** Those whose name has every word of the text. */
export function found(repositories: readonly AvailableDto[], text: string): readonly AvailableDto[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return repositories.filter((one) => words.every((word) => fullName(one).toLowerCase().includes(word)));
}

/** What came of tracking many, in one line; null before there is anything to say. */
export function outcomeLine(tracked: number, failed: number, known = 0): string | null {
  if (tracked + failed + known === 0) return null;
  const good = tracked === 0 ? [] : [`${counted(tracked, 'repository is', 'repositories are')} tracked now`];
  const bad = failed === 0 ? [] : [`${counted(failed, 'repository', 'repositories')} could not be added`];
  const old = known === 0 ? [] : [`${counted(known, 'was', 'were')} already there`];
  return `${[...good, ...old, ...bad].join(', ')}.`;
}
