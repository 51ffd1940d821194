import type { AccountDto } from '../../lib/backend/backend';

/** A piece of a text: as it was written, and the page that it names where that may be opened. */
export interface TextPart {
  text: string;
  url: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"'`|\\^{}]+/gi;
/** What ends a sentence, or closes a bracket, is no part of an address. */
const TAIL = /[.,;:!?)\]}…*_]+$/;

/** The hosts of connected accounts. Nothing else is opened from a text that somebody else wrote. */
export function hostsOf(accounts: readonly Pick<AccountDto, 'url'>[]): Set<string> {
  return new Set(accounts.flatMap(({ url }) => hostIn(url) ?? []));
}

/** A text in pieces, with links only to pages of these hosts. One that was cut may have lost the end of an address. */
export function partsOf(text: string, hosts: ReadonlySet<string>): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(TAIL, '');
    const host = hostIn(address);
    const isCut = found.endsWith('…') && index + found.length === text.length;
    if (host === null || !hosts.has(host) || isCut) continue;
    if (index > from) parts.push({ text: text.slice(from, index), url: null });
    parts.push({ text: address, url: address });
    from = index + address.length;
  }
  return from < text.length ? [...parts, { text: text.slice(from), url: null }] : parts;
}

/** Null for what is no web address, and for one that pretends to be another by a user name. */
function hostIn(address: string): string | null {
  try {
    const { protocol, host, username, password } = new URL(address);
    const isWeb = protocol === 'https:' || protocol === 'http:';
    return isWeb && username === '' && password === '' ? host : null;
  } catch {
    return null;
  }
}
