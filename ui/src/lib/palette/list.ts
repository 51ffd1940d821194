import type { AccountDto, PauseChoice, RepositoryDto } from '../backend/backend';
import { hashOf } from '../routes/route';
import { PROVIDERS, serviceName } from '../words/service';
import { THEMES } from '../words/settings';
import type { Command } from './commands';
import { views } from './views';

/** What is known of a window whose commands are listed. */
export interface Surroundings {
  accounts: readonly Pick<AccountDto, 'name' | 'provider'>[];
  repositories: readonly Pick<RepositoryDto, 'id' | 'owner' | 'name'>[];
  isPaused: boolean;
  isRunning: boolean;
  /** The theme that is chosen; null while nobody knows. */
  theme: string | null;
}

const PAUSES: readonly { choice: PauseChoice; label: string }[] = [
  { choice: 'hour', label: 'Pause for an hour' },
  { choice: 'tomorrow', label: 'Pause until tomorrow' },
  { choice: 'open', label: 'Pause until I resume' },
];

/** Everything that can be done, but for what is looked for in the database. */
export function commandList(now: Surroundings): Command[] {
  return [...views(), ...loops(now), ...accounts(now), ...looks(now), ...repositories(now)];
}

const go = (hash: string) => ({ kind: 'go', hash }) as const;

function loops({ isPaused, isRunning }: Surroundings): Command[] {
  const group = 'Sync';
  const sync: Command[] = isRunning
    ? [{ id: 'stop', label: 'Stop syncing', group, doing: { kind: 'stop' } }]
    : [
        {
          id: 'sync-both',
          label: 'Sync now',
          detail: 'everything',
          group,
          doing: { kind: 'sync', what: 'both' },
        },
        { id: 'sync-commits', label: 'Sync commits', group, doing: { kind: 'sync', what: 'commits' } },
        { id: 'sync-jira', label: 'Sync Jira', group, doing: { kind: 'sync', what: 'jira' } },
      ];
  const pause: Command[] = isPaused
    ? [{ id: 'resume', label: 'Resume', detail: 'the background syncs', group, doing: { kind: 'resume' } }]
    : PAUSES.map(({ choice, label }) => ({
        id: `pause-${choice}`,
        label,
        group,
        doing: { kind: 'pause', choice },
      }));
  return [...sync, ...pause];
}

function accounts({ accounts: all }: Surroundings): Command[] {
  const group = 'Accounts';
  return [
    ...PROVIDERS.map((provider) => ({
      id: `connect-${provider}`,
      label: `Connect ${serviceName(provider)}`,
      also: 'add an account',
      group,
      doing: go(hashOf('accounts', ['add'], { service: provider })),
    })),
    ...all.map(({ name, provider }) => ({
      id: `token-${name}`,
      label: `Replace token of ${name}`,
      detail: serviceName(provider),
      group,
      doing: go(hashOf('accounts', [name, 'replace-token'])),
    })),
  ];
}

function looks({ theme }: Surroundings): Command[] {
  const group = 'Window';
  const other = theme === null ? [] : THEMES.filter(({ value }) => value !== theme);
  return [
    ...other.map(({ value, label }) => ({
      id: `theme-${value}`,
      label: `Theme: ${label.toLowerCase()}`,
      also: 'look colours light dark',
      group,
      doing: { kind: 'theme', theme: value } as const,
    })),
    {
      id: 'keys',
      label: 'Keys',
      detail: 'all of them',
      also: 'help shortcuts keyboard',
      group,
      doing: { kind: 'keys' },
    },
  ];
}

function repositories({ repositories: all }: Surroundings): Command[] {
  return all.map(({ id, owner, name }) => ({
    id: `repository-${id}`,
    label: `${owner}/${name}`,
    also: 'open repository',
    group: 'Repositories',
    doing: go(hashOf('repositories', [String(id)])),
  }));
}
