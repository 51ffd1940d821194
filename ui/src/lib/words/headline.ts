import type { AttentionDto, LoopStatusDto, RunDto } from '../backend/backend';
import { counted } from './count';
import { sentence } from './sentence';
import { age, spokenTime } from './time';

export interface Headline {
  title: string;
  detail: string | null;
}

export interface Known {
  accounts: number;
  repositories: number;
  attention: readonly AttentionDto[];
  loop: LoopStatusDto;
  run: RunDto | null;
  now: number;
}

/** Four missed intervals at their default: from then on, "is up to date" would say more than is known. */
const OLD = 60 * 60_000;

/** The one sentence that Overview begins with. The most urgent truth comes first. */
export function headline(known: Known): Headline {
  const { run, attention, loop } = known;
  if (run) return { title: syncingTitle(run), detail: needs(attention.length) };
  if (attention.length > 0) return { title: needsTitle(attention.length), detail: otherwise(known) };
  if (known.accounts === 0 || known.repositories === 0) return nothingTracked(known.accounts);
  if (loop.status === 'syncing') return { title: 'Syncing', detail: null };
  if (loop.last_sync === null) return { title: 'Nothing was synced yet', detail: null };
  return ended(loop, loop.last_sync, known.now);
}

function syncingTitle(run: RunDto): string {
  if (run.of === 0) return 'Syncing: looking for what changed';
  return `Syncing ${run.done} of ${counted(run.of, 'repository', 'repositories')}`;
}

const needsTitle = (count: number): string =>
  count === 1 ? 'One thing needs you' : `${count} things need you`;

const needs = (count: number): string | null => (count === 0 ? null : `${needsTitle(count)}.`);

/** What else is true while something needs the person. "Everything else" is said after a complete run only. */
function otherwise({ loop, now }: Known): string | null {
  if (loop.last_sync === null) return 'Nothing was synced yet.';
  const when = spokenTime(loop.last_sync, now);
  switch (loop.outcome) {
    case 'ok':
      return age(loop.last_sync, now) < OLD
        ? `Everything else is up to date, checked ${when}.`
        : `Everything else was up to date ${when}.`;
    case 'partial':
      return `The last sync was partial, ${when}.`;
    case 'failed':
      return `The last sync failed ${when}.`;
    case 'skipped':
    case null:
      return `Last checked ${when}.`;
  }
}

function nothingTracked(accounts: number): Headline {
  const detail =
    accounts === 0
      ? 'Connect an account, then choose the repositories to follow.'
      : 'Choose the repositories to follow.';
  return { title: 'Nothing is tracked yet', detail };
}

function ended(loop: LoopStatusDto, at: string, now: number): Headline {
  const when = spokenTime(at, now);
  const why = sentence(loop.last_error ?? loop.reason ?? '') || null;
  switch (loop.outcome) {
    case 'partial':
      return { title: `The last sync was partial, ${when}`, detail: why };
    case 'failed':
      return { title: `The last sync failed ${when}`, detail: why };
    case 'skipped':
      return { title: `The last sync was skipped ${when}`, detail: why };
    case 'ok':
    case null:
      return age(at, now) < OLD
        ? { title: `Everything is up to date, checked ${when}.`, detail: null }
        : { title: `Everything was up to date ${when}`, detail: 'Nothing was checked since.' };
  }
}
