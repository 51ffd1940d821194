import { toApiError, type ApiErrorDto, type Backend, type SyncDto, type SyncWhat } from '../backend/backend';
import { jiraResultLine, lower, resultLine } from '../words/result';

/** Which loop: commits of GitHub and GitLab, or boards and cards of Jira. */
export type LoopName = Exclude<SyncWhat, 'both'>;

/** The syncs that were asked for in this window, and what came of them. */
export class Sync {
  #asked = $state.raw<readonly LoopName[]>([]);
  #isStopping = $state(false);
  #result = $state<string | null>(null);
  #problem = $state.raw<ApiErrorDto | null>(null);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Whether any answer is awaited. What runs, and how far it is, `Live` knows. */
  get isAsked(): boolean {
    return this.#asked.length > 0;
  }

  /** Whether the answer of this loop is awaited. */
  awaits(loop: LoopName): boolean {
    return this.#asked.includes(loop);
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** What the last sync by hand brought, in one line. */
  get result(): string | null {
    return this.#result;
  }

  get problem(): ApiErrorDto | null {
    return this.#problem;
  }

  /** Starts what is asked for, except what was asked for already. */
  async start(profile: string, what: SyncWhat): Promise<void> {
    const loops: LoopName[] = what === 'both' ? ['commits', 'jira'] : [what];
    if (loops.some((loop) => this.awaits(loop))) return;
    this.clear();
    this.#asked = [...this.#asked, ...loops];
    try {
      this.#result = lineOf(await this.#backend.call('sync', { profile, what }));
    } catch (thrown) {
      this.#problem = toApiError(thrown);
    } finally {
      this.#asked = this.#asked.filter((loop) => !loops.includes(loop));
      if (!this.isAsked) this.#isStopping = false;
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    try {
      await this.#backend.call('stop_sync', {});
    } catch (thrown) {
      this.#problem = toApiError(thrown);
      this.#isStopping = false;
    }
  }

  /** All runs have ended, whoever had started them. */
  ended(): void {
    this.#isStopping = false;
  }

  /** Another run makes the last result old. */
  clear(): void {
    this.#result = null;
    this.#problem = null;
  }
}

/** Both loops in one line. One that had nothing to do is not spoken of where the other had. */
function lineOf({ commits, jira }: SyncDto): string | null {
  const told = [
    ...(commits ? [{ name: 'Commits', outcome: commits.outcome, line: resultLine(commits) }] : []),
    ...(jira ? [{ name: 'Jira', outcome: jira.outcome, line: jiraResultLine(jira) }] : []),
  ];
  const busy = told.filter(({ outcome }) => outcome !== 'skipped');
  const [first, second] = busy.length > 0 ? busy : told;
  if (!first) return null;
  if (!second) return first.line;
  return [first, second]
    .map(({ name, outcome, line }) => (outcome === 'ok' ? line : `${name}: ${lower(line)}`))
    .join(' · ');
}
