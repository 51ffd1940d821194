import type { RunQuery, RunSummaryDto } from '../backend/backend';
import { Resource } from './resource.svelte';

/** How many runs are read at once. */
export const RUNS_AT_ONCE = 200;

/** What is asked of the history, without how far back. */
export type RunChoice = Pick<RunQuery, 'loop' | 'troubled' | 'eventful'>;

export interface RunPage {
  runs: readonly RunSummaryDto[];
  hasMore: boolean;
}

const NOTHING: RunPage = { runs: [], hasMore: false };

/** The history, the latest run first. What was read of it stays; older runs are read on demand. */
export class RunList extends Resource<RunPage> {
  readonly #asked: { choice: RunChoice; held: RunPage; goesOn: boolean };

  constructor(read: (query: RunQuery) => Promise<RunSummaryDto[]>) {
    const choice: RunChoice = { loop: null, troubled: false, eventful: false };
    const asked = { choice, held: NOTHING, goesOn: false };
    super(async () => {
      const { choice: of, held, goesOn } = asked;
      const before = goesOn ? (held.runs.at(-1)?.id ?? null) : null;
      asked.goesOn = false;
      const came = await read({ ...of, before, limit: RUNS_AT_ONCE });
      const next = before === null ? renewed(held, came) : continued(held, came);
      // Another question was asked meanwhile; this answer is dropped, and so is what it would have left.
      if (of === asked.choice) asked.held = next;
      return next;
    });
    this.#asked = asked;
  }

  choose(choice: RunChoice): void {
    if (JSON.stringify(choice) === JSON.stringify(this.#asked.choice)) return;
    this.#asked.choice = choice;
    this.#asked.held = NOTHING;
    this.#asked.goesOn = false;
    this.forget();
  }

  /** Reads those before the last one. */
  more(): void {
    if (this.isBusy) return;
    this.#asked.goesOn = true;
    this.supersede();
  }
}

/** The latest ones read again, and behind them what is known of older ones: a run that has ended stays as it is. */
export function renewed(held: RunPage, came: readonly RunSummaryDto[]): RunPage {
  const isFull = came.length >= RUNS_AT_ONCE;
  const last = came.at(-1);
  if (!isFull || !last) return { runs: came, hasMore: false };
  const isGap = (held.runs[0]?.id ?? 0) < last.id;
  const older = isGap ? [] : held.runs.filter(({ id }) => id < last.id);
  return { runs: [...came, ...older], hasMore: isGap || held.hasMore };
}

export function continued(held: RunPage, came: readonly RunSummaryDto[]): RunPage {
  return { runs: [...held.runs, ...came], hasMore: came.length >= RUNS_AT_ONCE };
}
