import type { SprintDto } from '../backend/backend';
import { counted } from './count';
import { calendarDay, daysUntil } from './time';

export const activeSprints = (sprints: readonly SprintDto[]): SprintDto[] =>
  sprints.filter(({ state }) => state === 'active');

/** How an address names a sprint. Two sites may use the same number. */
export const placeOf = ({
  id,
  account,
}: Pick<SprintDto, 'id' | 'account'>): { sprint: string; account: string } => ({
  sprint: String(id),
  account,
});

/** `3 Mar – 17 Mar`, `from 3 Mar`; null where it has no dates. */
export function datesOf({ start_date: start, end_date: end }: SprintDto, now: number): string | null {
  if (start === null) return end === null ? null : `until ${calendarDay(end, now)}`;
  return end === null
    ? `from ${calendarDay(start, now)}`
    : `${calendarDay(start, now)} – ${calendarDay(end, now)}`;
}

/** `5 days left`, `ends today`, `2 days over its end`, `begins in 5 days`; null where that says nothing. */
export function timeLeft(
  { state, start_date: start, end_date: end }: Pick<SprintDto, 'state' | 'start_date' | 'end_date'>,
  now: number,
): string | null {
  if (state === 'active' && end !== null) return untilEnd(daysUntil(end, now));
  if (state === 'future' && start !== null) return untilStart(daysUntil(start, now));
  return null;
}

function untilEnd(days: number): string {
  if (days === 0) return 'ends today';
  return days > 0 ? `${counted(days, 'day')} left` : `${counted(-days, 'day')} over its end`;
}

function untilStart(days: number): string {
  if (days === 0) return 'planned to begin today';
  return days > 0 ? `begins in ${counted(days, 'day')}` : `was to begin ${counted(-days, 'day')} ago`;
}

const GROUPS = { active: 'Active', future: 'Planned', closed: 'Closed' } as const;

export interface SprintOption {
  value: string;
  label: string;
  group: string;
}

/** What a list of sprints offers, in the order in which they came; with the account where there are several. */
export function optionsOf(sprints: readonly SprintDto[]): SprintOption[] {
  const hasSeveral = new Set(sprints.map(({ account }) => account)).size > 1;
  return sprints.map((sprint) => ({
    value: valueOf(sprint),
    label: hasSeveral ? `${sprint.name} · ${sprint.account}` : sprint.name,
    group: GROUPS[sprint.state],
  }));
}

/** The same for the same sprint, and for no other. */
export const valueOf = ({ id, account }: Pick<SprintDto, 'id' | 'account'>): string => `${id} ${account}`;

/** The sprint that an address names; without a name, the first active one. */
export function chosenSprint(sprints: readonly SprintDto[], query: URLSearchParams): SprintDto | null {
  const [id, account] = [query.get('sprint'), query.get('account')];
  if (id === null) return activeSprints(sprints)[0] ?? null;
  return (
    sprints.find((one) => String(one.id) === id && (account === null || one.account === account)) ?? null
  );
}
