import type { LoopStatusDto } from '../backend/backend';

/** The states that anything here can have. Each has a shape and a colour of its own, and is never shown without words. */
export type Mark = 'ok' | 'partial' | 'failed' | 'skipped' | 'syncing' | 'never';

export interface Outcome {
  mark: Mark;
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
