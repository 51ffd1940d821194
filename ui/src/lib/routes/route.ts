/** Where one is in the window. The hash says it always, so that the tray and notifications can open any place. */
export interface Route {
  view: string;
  /** What stands behind the view, decoded: `#/accounts/work/replace-token` has `work` and `replace-token`. */
  rest: readonly string[];
  query: URLSearchParams;
}

export const HOME = 'overview';

/** Reads a hash. What cannot be read is the beginning, not an error. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [view = '', ...rest] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  return { view: view === '' ? HOME : view, rest, query: new URLSearchParams(query) };
}

/** Writes a hash: `hashOf('commits', ['acme/api', 'a1b2'], { unlinked: '1' })`. */
export function hashOf(
  view: string,
  rest: readonly string[] = [],
  query: Record<string, string> = {},
): string {
  const path = [view, ...rest].map(encodeURIComponent).join('/');
  const search = new URLSearchParams(query).toString();
  return search === '' ? `#/${path}` : `#/${path}?${search}`;
}

/** The place above: a detail's list, a form's list. Null where there is none. The query stays. */
export function parentOf({ view, rest, query }: Route): string | null {
  if (rest.length === 0) return null;
  return hashOf(view, [], Object.fromEntries(query));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
