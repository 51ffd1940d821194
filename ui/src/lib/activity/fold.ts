/** The history as it is read: by day, and with long stretches of runs that brought nothing told in one line. */
import type { RunSummaryDto } from '../backend/backend';
import { counted } from '../words/count';
import { clockTime, dayOf } from '../words/time';

/** Runs one after the other of which each says the same. */
export interface Stretch {
  kind: 'stretch';
  /** Of its oldest run, which stays the same while new ones come. */
  key: string;
  words: string;
  runs: readonly RunSummaryDto[];
}

export interface Single {
  kind: 'run';
  key: string;
  run: RunSummaryDto;
}

export interface Day {
  /** Tells it apart where a clock that was set leads to the same day twice. It stays the same while runs come. */
  key: string;
  label: string;
  items: readonly (Stretch | Single)[];
}

/** As few as these are read as quickly as the line that would stand for them. */
const FEW = 3;

/** What a run has to say that the one before it has not; null for what is always worth a line. */
function sameness({ outcome, reason, error, new: fresh, changed }: RunSummaryDto): string | null {
  if (error !== null || fresh + changed > 0) return null;
  if (outcome === 'ok' && reason === null) return 'ok';
  return outcome === 'skipped' ? `skipped: ${reason ?? ''}` : null;
}

/** Days, the latest first, with their runs folded or one by one. `open` is never folded away. */
export function daysOf(
  runs: readonly RunSummaryDto[],
  how: { now: number; isFolding: boolean; open: number | null },
): Day[] {
  return grouped(runs, ({ started_at }) => dayOf(started_at, how.now)).map(({ name, of }, at, all) => ({
    key: `${name} ${all.slice(0, at).filter((day) => day.name === name).length}`,
    label: capital(name),
    items: how.isFolding ? folded(of, how.open) : of.map(single),
  }));
}

function folded(runs: readonly RunSummaryDto[], open: number | null): (Stretch | Single)[] {
  const stretches = grouped(runs, (run) => (run.id === open ? null : sameness(run)));
  return stretches.flatMap<Stretch | Single>(({ name, of }) =>
    name === null || of.length < FEW ? of.map(single) : [stretch(of)],
  );
}

const single = (run: RunSummaryDto): Single => ({ kind: 'run', key: `run-${run.id}`, run });

function stretch(runs: readonly RunSummaryDto[]): Stretch {
  return { kind: 'stretch', key: `stretch-${runs.at(-1)?.id ?? 0}`, words: stretchWords(runs), runs };
}

/** `12 runs without news, 09:15–12:00`; `6 runs skipped, 09:15–12:00: this machine is offline`. */
export function stretchWords(runs: readonly RunSummaryDto[]): string {
  const [latest, oldest] = [runs[0], runs.at(-1)];
  if (!latest || !oldest) return '';
  const when = `${clockTime(oldest.started_at)}–${clockTime(latest.started_at)}`;
  const many = counted(runs.length, 'run');
  if (latest.outcome !== 'skipped') return `${many} without news, ${when}`;
  return `${many} skipped, ${when}${latest.reason === null ? '' : `: ${latest.reason}`}`;
}

/** Neighbours of one name together. */
function grouped<Name>(
  runs: readonly RunSummaryDto[],
  nameOf: (run: RunSummaryDto) => Name,
): { name: Name; of: RunSummaryDto[] }[] {
  const groups: { name: Name; of: RunSummaryDto[] }[] = [];
  for (const run of runs) {
    const name = nameOf(run);
    const last = groups.at(-1);
    if (last && last.name === name) last.of.push(run);
    else groups.push({ name, of: [run] });
  }
  return groups;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
