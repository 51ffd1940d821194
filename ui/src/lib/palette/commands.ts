import type { PauseChoice, SyncWhat } from '../backend/backend';
import type { Choice } from '../ui/combobox';
import { fitOf } from './fuzzy';

/** What a command does. */
export type Doing =
  | { kind: 'go'; hash: string }
  | { kind: 'sync'; what: SyncWhat }
  | { kind: 'stop' }
  | { kind: 'pause'; choice: PauseChoice }
  | { kind: 'resume' }
  | { kind: 'theme'; theme: string }
  | { kind: 'keys' };

/** Something that the palette can do. Its id is the same tomorrow, for what was used last stands first. */
export interface Command extends Choice {
  doing: Doing;
  /** Other words for it. */
  also?: string;
}

/** So many of those that fit are shown: cards and commits are below them. */
const MOST = 12;
/** So many of those used last stand first. */
const RECENT = 5;

/** The commands that fit what was typed, the best first; without anything typed, those used last and then all. */
export function commandsFor(typed: string, all: readonly Command[], recent: readonly string[]): Command[] {
  if (typed.trim() === '') return withRecent(all, recent);
  const fitting = all.flatMap((command) => {
    const fit = bestFit(typed, command);
    const used = recent.indexOf(command.id);
    return fit === null ? [] : [{ command, fit: used === -1 ? fit : fit + 3 - used / 10 }];
  });
  return fitting
    .sort((one, other) => other.fit - one.fit)
    .slice(0, MOST)
    .map(({ command }) => ({ ...command, group: undefined }));
}

/** The same with this one as the last used. */
export const used = (id: string, recent: readonly string[]): string[] =>
  [id, ...recent.filter((other) => other !== id)].slice(0, RECENT);

function withRecent(all: readonly Command[], recent: readonly string[]): Command[] {
  const first = recent.flatMap((id) => all.find((one) => one.id === id) ?? []);
  return [
    ...first.map((one) => ({ ...one, group: 'Used last' })),
    ...all.filter(({ id }) => !recent.includes(id)),
  ];
}

/** How well a command fits. Letters that are strewn over its label do not fit; other words for it must begin so. */
function bestFit(typed: string, { label, detail = '', also = '' }: Command): number | null {
  const itself = fitOf(typed, label);
  if (itself !== null && itself > 0) return itself;
  const words = `${label} ${detail} ${also}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const parts = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return parts.every((part) => words.some((word) => word.startsWith(part))) ? 0 : null;
}
