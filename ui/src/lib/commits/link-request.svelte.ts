import type { CommitDto } from '../backend/backend';

type Named = Pick<CommitDto, 'repo' | 'sha'>;

/** The wish to link one commit. It is taken once, and falls when another commit is opened. */
export class LinkRequest {
  #of = $state.raw<Named | null>(null);

  ask({ repo, sha }: Named): void {
    this.#of = { repo, sha };
  }

  /** Whether this commit is to be linked. An address may shorten a SHA. */
  isFor(commit: Named): boolean {
    const wanted = this.#of;
    return wanted !== null && commit.repo === wanted.repo && commit.sha.startsWith(wanted.sha);
  }

  take(): void {
    this.#of = null;
  }

  /** This commit is open now, or none. */
  follow(open: Named | null): void {
    if (open === null || open.repo !== this.#of?.repo || open.sha !== this.#of.sha) this.#of = null;
  }
}
