import type { CardDto } from '../../lib/backend/backend';

/** How an address names the cards that are in no sprint. */
export const NO_SPRINT = 'none';

/** What is shown of an answer. All cards are asked for to find those without a sprint. */
export const shownOf = (cards: readonly CardDto[], isLoose: boolean): readonly CardDto[] =>
  isLoose ? cards.filter(({ sprint }) => sprint === null) : cards;
