import type { CardDto, SprintDto } from '../../lib/backend/backend';
import { chosenSprint, placeOf } from '../../lib/words/sprint';

/** How an address names the cards that are in no sprint. */
export const NO_SPRINT = 'none';

/** Whose cards the board shows. */
export interface Choice {
  /** None for cards without a sprint, and where there is nothing to show. */
  sprint: SprintDto | null;
  isLoose: boolean;
  /** How the address names it; null where there is nothing to show. */
  place: Record<string, string> | null;
}

export function choiceOf(sprints: readonly SprintDto[], query: URLSearchParams): Choice {
  if (query.get('sprint') === NO_SPRINT) return { sprint: null, isLoose: true, place: { sprint: NO_SPRINT } };
  const sprint = chosenSprint(sprints, query);
  return { sprint, isLoose: false, place: sprint && placeOf(sprint) };
}

/** What is shown of an answer. All cards are asked for to find those without a sprint. */
export const shownOf = (cards: readonly CardDto[], { isLoose }: Choice): readonly CardDto[] =>
  isLoose ? cards.filter(({ sprint }) => sprint === null) : cards;
