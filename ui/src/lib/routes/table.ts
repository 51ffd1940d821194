import ActivityIcon from '@lucide/svelte/icons/activity';
import Book from '@lucide/svelte/icons/book';
import GitCommitVertical from '@lucide/svelte/icons/git-commit-vertical';
import House from '@lucide/svelte/icons/house';
import KeyRound from '@lucide/svelte/icons/key-round';
import Settings2 from '@lucide/svelte/icons/settings-2';
import SquareKanban from '@lucide/svelte/icons/square-kanban';
import type { Component } from 'svelte';

import Accounts from '../../views/accounts/Accounts.svelte';
import Activity from '../../views/activity/Activity.svelte';
import Board from '../../views/board/Board.svelte';
import Commits from '../../views/commits/Commits.svelte';
import Overview from '../../views/overview/Overview.svelte';
import Repositories from '../../views/repositories/Repositories.svelte';
import Settings from '../../views/settings/Settings.svelte';

export interface View {
  id: string;
  label: string;
  /** Where there is little room. */
  short?: string;
  /** What follows `g` on the keyboard. */
  key: string;
  icon: Component<Record<string, unknown>>;
  component: Component;
  /** Whether it stands at the rail's foot, apart from what PDT has collected. */
  isLast?: boolean;
}

/** Every view, in the order of the rail. A new one is a line here. */
export const VIEWS: readonly View[] = [
  { id: 'overview', label: 'Overview', key: 'o', icon: House, component: Overview },
  { id: 'commits', label: 'Commits', key: 'c', icon: GitCommitVertical, component: Commits },
  { id: 'board', label: 'Board', key: 'b', icon: SquareKanban, component: Board },
  {
    id: 'repositories',
    label: 'Repositories',
    short: 'Repos',
    key: 'r',
    icon: Book,
    component: Repositories,
  },
  { id: 'accounts', label: 'Accounts', key: 'a', icon: KeyRound, component: Accounts },
  { id: 'activity', label: 'Activity', key: 'y', icon: ActivityIcon, component: Activity },
  { id: 'settings', label: 'Settings', key: 's', icon: Settings2, component: Settings, isLast: true },
];

/** The view of a name; the first one for a name that nothing has. */
export function viewOf(id: string): View {
  const [first] = VIEWS;
  const found = VIEWS.find((view) => view.id === id) ?? first;
  if (!found) throw new Error('The window has no view.');
  return found;
}
