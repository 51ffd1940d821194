import type { AccountDto } from '../../lib/backend/backend';

/** The hosts of connected accounts. Nothing else is opened from a text that somebody else wrote. */
export function hostsOf(accounts: readonly Pick<AccountDto, 'url'>[]): Set<string> {
  return new Set(accounts.flatMap(({ url }) => webOf(url)?.host ?? []));
}

/** Whether an address is a page of one of these hosts. */
export function isKnown(address: string, hosts: ReadonlySet<string>): boolean {
  const host = webOf(address)?.host;
  return host !== undefined && hosts.has(host);
}

/** Whether a label names another host than the one that its link leads to. */
export function isMisleading(label: string, address: string): boolean {
  const real = webOf(address)?.hostname;
  // What cannot be seen could hide a name from the search, and from nobody's eyes.
  const words = label
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .split(/\s+/);
  return words.some((word) => (hostNamedBy(word) ?? real) !== real);
}

/** The host that a word looks like the address of; null for words like `v1.2` and `e.g.`. */
function hostNamedBy(word: string): string | null {
  const [before = '', behind] = word.split('://', 2);
  // Who has a name at a host stands before it.
  const place = (behind ?? before).split(/[/?#]/, 1)[0]?.split('@').at(-1) ?? '';
  const parts = /[\p{L}\d][\p{L}\d.-]*/u.exec(place)?.[0].split('.').filter(Boolean) ?? [];
  const isName = parts.length > 1 && /^\p{L}{2,}$/u.test(parts.at(-1) ?? '');
  return isName || behind !== undefined ? parts.join('.') : null;
}

/** Null for what is no web address, and for one that pretends to be another by a user name. */
function webOf(address: string): URL | null {
  try {
    const url = new URL(address);
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    return isWeb && url.username === '' && url.password === '' ? url : null;
  } catch {
    return null;
  }
}
