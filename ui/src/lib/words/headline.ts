import type { AttentionDto, JiraRunDto, LoopStatusDto, RunDto } from '../backend/backend';
import { needsPerson } from './attention';
import { counted } from './count';
import { stageWords } from './jira';
import { pausedWords } from './outcome';
import { sentence } from './sentence';
import { age, dueTime, spokenTime, withLocalTimes } from './time';

export interface Headline {
  title: string;
  detail: string | null;
}

/** A loop that has something to read. */
export interface LoopInUse {
  name: 'commits' | 'Jira';
  loop: LoopStatusDto;
}

export interface Known {
  accounts: number;
  /** The loops that have something to read. */
  loops: readonly LoopInUse[];
  attention: readonly AttentionDto[];
  run: RunDto | null;
  jiraRun: JiraRunDto | null;
  now: number;
}

/** From then on, "is up to date" would say more than is known: four missed intervals of commits, two of Jira. */
const OLD = 60 * 60_000;

/** The one sentence that Overview begins with. The most urgent truth comes first. */
export function headline(known: Known): Headline {
  const { run, jiraRun, loops, now } = known;
  const count = known.attention.filter(needsPerson).length;
  const held = heldTitle(loops, now) ?? limitedTitle(loops, now);
  if (run || jiraRun) return { title: syncingTitle(run, jiraRun), detail: needs(count) };
  if (count > 0) return { title: needsTitle(count), detail: joined(held, otherwise(known, held)) };
  if (loops.length === 0) return nothingTracked(known.accounts);
  if (loops.some(({ loop }) => loop.status === 'syncing')) return { title: 'Syncing', detail: null };
  if (held !== null) return { title: held, detail: before(summaryOf(known), now) };
  return ended(summaryOf(known), now);
}

/** What keeps both loops from running by themselves; a pause and the switch are everybody's. */
function heldTitle(loops: readonly LoopInUse[], now: number): string | null {
  const [first] = loops;
  if (first?.loop.health === 'disabled') return 'Background sync is off';
  if (first?.loop.health === 'paused') return pausedWords(first.loop.paused_until, now).replace(/^p/, 'P');
  return null;
}

/** A limit of a service passes by itself; nobody is needed for that. */
function limitedTitle(loops: readonly LoopInUse[], now: number): string | null {
  const limited = loops.filter(({ loop }) => loop.health === 'rate_limited');
  const until = limited.flatMap(({ loop }) => loop.next_sync ?? []).sort()[0];
  if (limited.length === 0) return null;
  return until === undefined
    ? 'A service asks PDT to wait'
    : `A service asks PDT to wait, next try ${dueTime(until, now)}`;
}

const joined = (...parts: (string | null)[]): string | null =>
  parts
    .filter((part) => part !== null)
    .map(sentence)
    .join(' ') || null;

/** What was true before the loops were held. */
function before(summary: Summary, now: number): string | null {
  if (summary.state === 'ok' && summary.at !== null) return `Last checked ${spokenTime(summary.at, now)}.`;
  const { title, detail } = ended(summary, now);
  return joined(title, detail);
}

function syncingTitle(run: RunDto | null, jiraRun: JiraRunDto | null): string {
  const commits =
    run && run.of > 0 ? `${run.done} of ${counted(run.of, 'repository', 'repositories')}` : null;
  const jira = jiraRun && stageWords(jiraRun);
  const known = [commits, jira].filter((words) => words !== null);
  return known.length === 0 ? 'Syncing: looking for what changed' : `Syncing ${known.join(' and ')}`;
}

const needsTitle = (count: number): string =>
  count === 1 ? 'One thing needs you' : `${count} things need you`;

const needs = (count: number): string | null => (count === 0 ? null : `${needsTitle(count)}.`);

/** What else is true while something needs the person. "Everything else" is said after complete runs only. */
function otherwise(known: Known, held: string | null): string | null {
  const summary = summaryOf(known);
  const { at, of, state } = summary;
  const { now } = known;
  if (at === null) return `${neverTitle(summary)}.`;
  const when = spokenTime(at, now);
  switch (state) {
    case 'ok':
      if (held !== null) return `Last checked ${when}.`;
      return age(at, now) < OLD
        ? `Everything else is up to date, checked ${when}.`
        : `Everything else was up to date ${when}.`;
    case 'partial':
      return `The last sync${of} was partial, ${when}.`;
    case 'failed':
      return `The last sync${of} failed ${when}.`;
    case 'skipped':
      return joined(offlineTitle(summary), lastComplete(summary, now));
    case 'never':
      return `Last checked ${when}.`;
  }
}

/** A run is skipped only where all that it asked for met a machine without network. */
const offlineTitle = ({ of }: Summary): string =>
  of === '' ? 'This machine is offline' : `The last sync${of} met no network`;

/** Since when what is known is old; an attempt that reached nobody checked nothing. */
const lastComplete = ({ complete }: Summary, now: number): string =>
  complete === null ? 'Nothing was read yet.' : `Last complete ${spokenTime(complete, now)}.`;

function nothingTracked(accounts: number): Headline {
  const detail =
    accounts === 0
      ? 'Connect an account, then choose the repositories to follow.'
      : 'Choose the repositories to follow.';
  return { title: 'Nothing is tracked yet', detail };
}

/** From the worst to the best. */
const STATES = ['failed', 'partial', 'never', 'skipped', 'ok'] as const;

type State = (typeof STATES)[number];

/** Several loops as one: as bad as the worst of them. */
interface Summary {
  state: State;
  /** ` of Jira`, where that state is not everybody's. */
  of: string;
  loops: readonly LoopInUse[];
  /** When all of it was last true; null where nothing was read yet. */
  at: string | null;
  /** When all of it was last read completely. */
  complete: string | null;
  why: string | null;
}

function summaryOf({ loops: all, now }: Known): Summary {
  const state = STATES.find((one) => all.some(({ loop }) => stateOf(loop) === one)) ?? 'never';
  const loops = all.filter(({ loop }) => stateOf(loop) === state);
  const [first] = loops;
  const oldest = (times: (string | null)[]) => (times.includes(null) ? null : (times.sort()[0] ?? null));
  const reasons = loops.map(({ loop }) =>
    sentence(withLocalTimes(loop.last_error ?? loop.reason ?? '', now)),
  );
  return {
    state,
    of: first && loops.length < all.length ? ` of ${first.name}` : '',
    loops,
    at: oldest(loops.map(({ loop }) => loop.last_sync)),
    complete: oldest(loops.map(({ loop }) => loop.last_success)),
    why: [...new Set(reasons)].join(' ').trim() || null,
  };
}

const stateOf = ({ last_sync, outcome }: LoopStatusDto): State =>
  last_sync === null ? 'never' : (outcome ?? 'ok');

function neverTitle({ of, loops }: Summary): string {
  if (of === '') return 'Nothing was synced yet';
  return loops[0]?.name === 'Jira' ? 'Jira was not synced yet' : 'Commits were not synced yet';
}

function ended(summary: Summary, now: number): Headline {
  const { state, of, at, why } = summary;
  if (at === null) return { title: neverTitle(summary), detail: null };
  const when = spokenTime(at, now);
  switch (state) {
    case 'partial':
      return { title: `The last sync${of} was partial, ${when}`, detail: why };
    case 'failed':
      return { title: `The last sync${of} failed ${when}`, detail: why };
    case 'skipped':
      return { title: offlineTitle(summary), detail: lastComplete(summary, now) };
    case 'ok':
    case 'never':
      return age(at, now) < OLD
        ? { title: `Everything is up to date, checked ${when}.`, detail: null }
        : { title: `Everything was up to date ${when}`, detail: 'Nothing was checked since.' };
  }
}
