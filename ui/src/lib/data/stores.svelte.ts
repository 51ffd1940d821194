import type {
  AccountDto,
  AttentionDto,
  AvailableRepositoriesDto,
  Backend,
  CommitDto,
  CommitQuery,
  RepositoryDto,
  StatusDto,
} from '../backend/backend';
import { Resource } from './resource.svelte';

/** How many commits are read at first, and how many more each time. */
export const PAGE = 200;

/** Everything of one profile that views show. Each is read while a view watches it. */
export class Stores {
  readonly status: Resource<StatusDto>;
  readonly attention: Resource<AttentionDto[]>;
  readonly accounts: Resource<AccountDto[]>;
  readonly repositories: Resource<RepositoryDto[]>;
  readonly available: Resource<AvailableRepositoriesDto>;
  readonly recent: Resource<CommitDto[]>;
  readonly commits: Commits;

  constructor(backend: Backend, profile: string) {
    this.status = new Resource(() => backend.call('status', { profile }));
    this.attention = new Resource(() => backend.call('attention', { profile }));
    this.accounts = new Resource(() => backend.call('accounts', { profile }));
    this.repositories = new Resource(() => backend.call('repositories', { profile }));
    this.available = new Resource(() => backend.call('available_repositories', { profile, account: null }));
    this.recent = new Resource(() => backend.call('commits', { profile, query: { ...EVERY, limit: 8 } }));
    this.commits = new Commits((query) => backend.call('commits', { profile, query }));
  }

  /** Reads again what is being shown. What the services show is asked of them, and only when a person asks. */
  refresh(): void {
    const own = [this.status, this.attention, this.accounts, this.repositories, this.recent, this.commits];
    for (const resource of own) resource.refresh();
  }
}

const EVERY: CommitQuery = { repo: null, since: null, until: null, card: null, unlinked: false, limit: null };

/** The part of a query that the Commits view chooses. */
export type CommitChoice = Pick<CommitQuery, 'repo' | 'unlinked'>;

/** Commits, with the question that they answer. */
export interface CommitPage {
  choice: CommitChoice;
  limit: number;
  commits: CommitDto[];
}

/** The commits that were asked for, up to a limit that can be raised. */
export class Commits extends Resource<CommitPage> {
  readonly #asked: { choice: CommitChoice; limit: number };

  constructor(read: (query: CommitQuery) => Promise<CommitDto[]>) {
    const asked = { choice: { repo: null, unlinked: false } as CommitChoice, limit: PAGE };
    super(async () => {
      const { choice, limit } = asked;
      return { choice, limit, commits: await read({ ...EVERY, ...choice, limit }) };
    });
    this.#asked = asked;
  }

  choose(choice: CommitChoice): void {
    const { repo, unlinked } = this.#asked.choice;
    if (choice.repo === repo && choice.unlinked === unlinked) return;
    this.#asked.choice = choice;
    this.#asked.limit = PAGE;
    if (this.isWatched) this.supersede();
  }

  more(): void {
    this.#asked.limit += PAGE;
    this.supersede();
  }
}
