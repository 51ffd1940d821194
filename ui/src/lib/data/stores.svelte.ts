import type {
  AccountDto,
  AttentionDto,
  AvailableRepositoriesDto,
  Backend,
  CardDto,
  CardQuery,
  CardShowDto,
  CommitDto,
  CommitQuery,
  RepositoryDto,
  SprintDto,
  StatusDto,
} from '../backend/backend';
import { Asked } from './asked.svelte';
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
  readonly sprints: Resource<SprintDto[]>;
  readonly cards: Asked<CardQuery, CardDto[]>;
  readonly card: Asked<CardChoice, CardShowDto>;
  readonly cardCommits: Asked<string, CommitDto[]>;

  constructor(backend: Backend, profile: string) {
    this.status = new Resource(() => backend.call('status', { profile }));
    this.attention = new Resource(() => backend.call('attention', { profile }));
    this.accounts = new Resource(() => backend.call('accounts', { profile }));
    this.repositories = new Resource(() => backend.call('repositories', { profile }));
    this.available = new Resource(() => backend.call('available_repositories', { profile, account: null }));
    this.recent = new Resource(() => backend.call('commits', { profile, query: { ...EVERY, limit: 8 } }));
    const commits = (query: CommitQuery) => backend.call('commits', { profile, query });
    this.commits = new Commits(commits);
    this.sprints = new Resource(() => backend.call('sprints', { profile }));
    this.cards = new Asked((query) => backend.call('cards', { profile, query }));
    this.card = new Asked((card) => backend.call('card', { profile, ...card }));
    this.cardCommits = new Asked((card) => commits({ ...EVERY, card, limit: PAGE }));
  }

  /** Reads again what is being shown. What the services show is asked of them, and only when a person asks. */
  refresh(): void {
    const own = [this.status, this.attention, this.accounts, this.repositories, this.recent, this.commits];
    const jira = [this.sprints, this.cards, this.card, this.cardCommits];
    for (const resource of [...own, ...jira]) resource.refresh();
  }
}

/** Which card is shown. Two sites may use the same key. */
export interface CardChoice {
  key: string;
  account: string | null;
}

const EVERY: CommitQuery = { repo: null, since: null, until: null, card: null, unlinked: false, limit: null };

/** The part of a query that the Commits view chooses. */
export type CommitChoice = Pick<CommitQuery, 'repo' | 'card' | 'unlinked'>;

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
    const asked = { choice: { repo: null, card: null, unlinked: false } as CommitChoice, limit: PAGE };
    super(async () => {
      const { choice, limit } = asked;
      return { choice, limit, commits: await read({ ...EVERY, ...choice, limit }) };
    });
    this.#asked = asked;
  }

  choose(choice: CommitChoice): void {
    const { repo, card, unlinked } = this.#asked.choice;
    if (choice.repo === repo && choice.card === card && choice.unlinked === unlinked) return;
    this.#asked.choice = choice;
    this.#asked.limit = PAGE;
    if (this.isWatched) this.supersede();
  }

  more(): void {
    this.#asked.limit += PAGE;
    this.supersede();
  }
}
