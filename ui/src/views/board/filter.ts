import type { CardDto } from '../../lib/backend/backend';

/** What of a sprint is shown. It stands in the address, so that it stays while a card is open. */
export interface BoardFilter {
  text: string;
  /** Null is everybody's, an empty name nobody's. */
  assignee: string | null;
}

export const readFilter = (query: URLSearchParams): BoardFilter => ({
  text: query.get('text') ?? '',
  assignee: query.get('assignee'),
});

export const isFiltered = ({ text, assignee }: BoardFilter): boolean => text !== '' || assignee !== null;

/** How the address says it, with whatever else stands in it. */
export function writeFilter(query: URLSearchParams, filter: BoardFilter): Record<string, string> {
  const rest = Object.entries(Object.fromEntries(query)).filter(
    ([name]) => name !== 'text' && name !== 'assignee',
  );
  return {
    ...Object.fromEntries(rest),
    ...(filter.text === '' ? {} : { text: filter.text }),
    ...(filter.assignee === null ? {} : { assignee: filter.assignee }),
  };
}

/** What of the address says how the board is seen, for the address of one of its cards. */
export function keptOf(query: URLSearchParams): Record<string, string> {
  const kept = ['text', 'assignee', 'burndown'];
  return Object.fromEntries([...query].filter(([name]) => kept.includes(name)));
}

/** The cards that have every word somewhere: key, summary, status, type or assignee. */
export function matching(cards: readonly CardDto[], { text, assignee }: BoardFilter): readonly CardDto[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && assignee === null) return cards;
  return cards.filter((card) => {
    if (assignee !== null && (card.assignee ?? '') !== assignee) return false;
    const all = [card.key, card.summary, card.status, card.issue_type, card.assignee ?? '']
      .join('\n')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** Who has a card, by name; nobody, an empty name, last. */
export function assigneesOf(cards: readonly CardDto[]): string[] {
  const names = new Set(cards.map(({ assignee }) => assignee ?? ''));
  const known = [...names].filter((name) => name !== '').sort((one, other) => one.localeCompare(other));
  return names.has('') ? [...known, ''] : known;
}
