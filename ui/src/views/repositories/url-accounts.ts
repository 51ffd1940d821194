import type { AccountDto } from '../../lib/backend/backend';
import { hostOf } from '../../lib/words/service';

/** The accounts that could read a repository's address, by name: those at its host. */
export function accountsAt(url: string, accounts: readonly AccountDto[]): string[] {
  const host = hostOfRepository(url.trim());
  if (host === '') return [];
  return accounts.filter((account) => hostOf(account.url).toLowerCase() === host).map(({ name }) => name);
}

/** The host of `https://host/…` and of `git@host:…`; empty while there is none. */
function hostOfRepository(url: string): string {
  const [, scp] = /^[\w.-]+@([^:/]+):/.exec(url) ?? [];
  const [, web] = /^https?:\/\/([^/]+)\//i.exec(url) ?? [];
  return (scp ?? web ?? '').toLowerCase();
}
