import type { LoopStatusDto } from '../backend/backend';
import { moment } from './time';

/** How reading something ended, or that it goes on. */
export type Mark = 'ok' | 'partial' | 'failed' | 'skipped' | 'syncing' | 'never';

/**
 * The states that anything here can have. Each has a shape and a colour of its own, and is never shown without words.
 */
export type Sign = Mark | 'limited' | 'offline' | 'paused' | 'off';

export interface Outcome {
  mark: Mark;
  word: string;
}

/** A loop as it is, all in all: how its last run ended, and what keeps it from the next one. */
export interface Standing {
  mark: Sign;
  word: string;
}

const WORDS: Record<Mark, string> = {
  ok: 'complete',
  partial: 'partial',
  failed: 'failed',
  skipped: 'skipped',
  syncing: 'syncing',
  never: 'not synced',
};

export function outcomeOf(loop: LoopStatusDto, isRunning: boolean): Outcome {
  const mark: Mark = isRunning || loop.status === 'syncing' ? 'syncing' : (loop.outcome ?? 'never');
  return { mark, word: WORDS[mark] };
}

/** How a loop is. What holds it goes before how it ended; a run that goes on goes before both. */
export function standingOf(loop: LoopStatusDto, isRunning: boolean): Standing {
  const outcome = outcomeOf(loop, isRunning);
  if (outcome.mark === 'syncing') return outcome;
  switch (loop.health) {
    case 'disabled':
      return { mark: 'off', word: 'off' };
    case 'paused':
      return { mark: 'paused', word: 'paused' };
    case 'offline':
      return { mark: 'offline', word: 'offline' };
    case 'rate_limited':
      return { mark: 'limited', word: 'rate limited' };
    case 'ok':
    case 'partial':
    case 'failing':
      return outcome;
  }
}

/** What of the last run must be said beside a pause or a switch that is off, lest it look as if all were well. */
export function hiddenOutcome(loop: LoopStatusDto, standing: Standing): Outcome | null {
  const isHeld = standing.mark === 'paused' || standing.mark === 'off';
  const isBad = loop.outcome === 'partial' || loop.outcome === 'failed';
  return isHeld && isBad ? outcomeOf(loop, false) : null;
}

/** `paused until 15:40`, `paused`: a pause with its end. */
export function pausedWords(until: string | null, now: number): string {
  return until === null ? 'paused' : `paused until ${moment(until, now)}`;
}
