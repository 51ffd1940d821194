import type { Numbered } from '../ui/rolling.svelte';
import type { IdList } from './id-list';

/** The commits that were found so far, the newest first, as they are shown. */
export class Walked implements Numbered {
  readonly length: number;

  /** `waiting` are the first ones, which came while somebody was reading and are not shown yet. */
  constructor(
    readonly ids: IdList,
    readonly waiting: number,
    /** Whether these are all. */
    readonly isWhole: boolean,
    /** The date that was reached; null before any commit. */
    readonly seenUntil: string | null,
  ) {
    this.length = ids.length - waiting;
  }

  at(index: number): number {
    return this.ids.at(index + this.waiting);
  }

  indexOf(id: number): number {
    const found = this.ids.indexOf(id);
    return found < this.waiting ? -1 : found - this.waiting;
  }

  /** The same with nothing waiting. */
  letIn(): Walked {
    return this.waiting === 0 ? this : new Walked(this.ids, 0, this.isWhole, this.seenUntil);
  }
}

/** So many rows are looked for. Where none of them is left, there is no place that could be kept. */
const KNOWN = 64;

/** How many commits have come before the first one that was shown. */
export function arrivedBefore(shown: Walked, ids: IdList): number {
  const most = Math.min(KNOWN, shown.length);
  for (let at = 0; at < most; at += 1) {
    const found = ids.indexOf(shown.at(at));
    if (found !== -1) return found;
  }
  return 0;
}
