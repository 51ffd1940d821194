import type { AttentionDto } from '../../lib/backend/backend';
import type { Session } from '../../lib/data/session.svelte';
import { hashOf } from '../../lib/routes/route';

/** The one button beside something that needs the person: it leads somewhere, or does something, or is not there. */
export type Way =
  | { kind: 'link'; label: string; href: string }
  | { kind: 'job'; label: string; doing: string; start: (session: Session) => Promise<string | null> }
  | { kind: 'none' };

export function wayOut({ action }: AttentionDto): Way {
  switch (action.kind) {
    case 'replace_token':
      return link('Replace token', hashOf('accounts', [action.account, 'replace-token']));
    case 'show_repository':
      return link('Show repository', hashOf('repositories', [String(action.repository)]));
    case 'show_board':
      return link('Show board', hashOf('board'));
    case 'show_run':
      return link('Show run', hashOf('activity', [String(action.id)]));
    case 'show_settings':
      return link('Open Settings', hashOf('settings'));
    case 'check_account':
      return job('Check account', 'Checking…', (session) => check(session, action.account));
    case 'unlock_keychain':
      return job('Unlock keychain', 'Waiting…', unlock);
    case 'sync':
      return job('Sync now', 'Syncing…', async (session) => {
        await session.sync.start(session.profile, 'both');
        return null;
      });
    case 'none':
      return { kind: 'none' };
  }
}

const link = (label: string, href: string): Way => ({ kind: 'link', label, href });

const job = (label: string, doing: string, start: (session: Session) => Promise<string | null>): Way => ({
  kind: 'job',
  label,
  doing,
  start,
});

async function check({ backend, profile, stores }: Session, name: string): Promise<string> {
  const { message } = await backend.call('check_account', { profile, name });
  stores.refresh();
  return message;
}

async function unlock({ backend, stores }: Session): Promise<null> {
  await backend.call('unlock_keychain', {});
  stores.refresh();
  return null;
}
