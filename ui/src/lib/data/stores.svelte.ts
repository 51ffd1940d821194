import type {
  AccountDto,
  AttentionDto,
  AvailableRepositoriesDto,
  Backend,
  BurndownDto,
  CardDto,
  CardQuery,
  CardShowDto,
  CommitDto,
  CommitFacetsDto,
  CommitQuery,
  CommitShowDto,
  OverviewDto,
  RepositoryDto,
  RunShowDto,
  SprintDto,
  StatusDto,
} from '../backend/backend';
import { Asked } from './asked.svelte';
import { Resource } from './resource.svelte';
import { RunList } from './run-list.svelte';
import { CommitWalk } from './walk.svelte';

/** How many days the figures are of. */
export const DAYS = 30;

/** How many commits of a card are read. */
export const MOST_OF_CARD = 200;

/** Everything of one profile that views show. Each is read while a view watches it. */
export class Stores {
  readonly status: Resource<StatusDto>;
  readonly attention: Resource<AttentionDto[]>;
  readonly accounts: Resource<AccountDto[]>;
  readonly repositories: Resource<RepositoryDto[]>;
  readonly available: Resource<AvailableRepositoriesDto>;
  readonly overview: Resource<OverviewDto>;
  readonly walk: CommitWalk;
  readonly commit: Asked<number, CommitShowDto>;
  readonly facets: Asked<FacetChoice, CommitFacetsDto>;
  readonly sprints: Resource<SprintDto[]>;
  readonly cards: Asked<CardQuery, CardDto[]>;
  readonly card: Asked<CardChoice, CardShowDto>;
  readonly cardCommits: Asked<string, CommitDto[]>;
  readonly burndown: Asked<SprintChoice, BurndownDto | null>;
  readonly runs: RunList;
  readonly run: Asked<number, RunShowDto>;

  constructor(backend: Backend, profile: string) {
    this.status = new Resource(() => backend.call('status', { profile }));
    this.attention = new Resource(() => backend.call('attention', { profile }));
    this.accounts = new Resource(() => backend.call('accounts', { profile }));
    this.repositories = new Resource(() => backend.call('repositories', { profile }));
    this.available = new Resource(() => backend.call('available_repositories', { profile, account: null }));
    this.overview = new Resource(() => backend.call('overview', { profile, days: DAYS }));
    const commits = (query: CommitQuery) => backend.call('commits', { profile, query });
    this.walk = new CommitWalk(backend, profile);
    this.commit = new Asked((id) => backend.call('commit', { profile, id }));
    this.facets = new Asked((of) => backend.call('commit_facets', { profile, ...of }));
    this.sprints = new Resource(() => backend.call('sprints', { profile }));
    this.cards = new Asked((query) => backend.call('cards', { profile, query }));
    this.card = new Asked((card) => backend.call('card', { profile, ...card }));
    this.runs = new RunList((query) => backend.call('runs', { profile, query }));
    this.run = new Asked((id) => backend.call('run', { profile, id }));
    this.burndown = new Asked((sprint) => backend.call('burndown', { profile, ...sprint }));
    this.cardCommits = new Asked((card) => commits({ ...EVERY, card, limit: MOST_OF_CARD }));
  }

  /** Reads again what is being shown. What the services show is asked of them, and only when a person asks. */
  refresh(): void {
    const own = [this.status, this.attention, this.accounts, this.repositories, this.overview];
    const commits = [this.walk, this.commit, this.facets];
    const activity = [this.runs, this.run];
    const jira = [this.sprints, this.cards, this.card, this.cardCommits, this.burndown];
    for (const resource of [...own, ...commits, ...jira, ...activity]) resource.refresh();
  }
}

/** Which sprint is shown. Two sites may use the same number. */
export interface SprintChoice {
  sprint: number;
  account: string | null;
}

/** Which card is shown. Two sites may use the same key. */
export interface CardChoice {
  key: string;
  account: string | null;
}

/** What commits can be filtered by: all of them, or those of a repository. */
export interface FacetChoice {
  repo: string | null;
}

/** Every commit. */
export const EVERY: CommitQuery = {
  repo: null,
  since: null,
  until: null,
  card: null,
  unlinked: false,
  text: null,
  branch: null,
  author: null,
  limit: null,
};
