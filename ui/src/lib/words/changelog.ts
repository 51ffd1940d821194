import type { ChangeDto } from '../backend/backend';

type Item = ChangeDto['items'][number];

/** Longer values are texts, which nobody reads in a sentence. */
const LONG = 120;

/** What a change was, a sentence without its subject for each field: `moved Status from “To do” to “In progress”`. */
export const changeSentences = ({ items }: ChangeDto): string[] => items.map(sentenceOf);

function sentenceOf({ field, from_string, to_string }: Item): string {
  const name = nameOf(field);
  const [from, to] = [value(from_string), value(to_string)];
  if (isLong(from) || isLong(to)) return `${verbFor(from, to)} ${name}`;
  if (from === null && to === null) return `changed ${name}`;
  if (from === null) return `set ${name} to “${to}”`;
  if (to === null) return `removed ${name}, which was “${from}”`;
  return `${field.toLowerCase() === 'status' ? 'moved' : 'changed'} ${name} from “${from}” to “${to}”`;
}

function verbFor(from: string | null, to: string | null): string {
  if (from === null) return 'wrote';
  return to === null ? 'removed' : 'changed';
}

const value = (text: string | null): string | null =>
  text === null || text.trim() === '' ? null : text.trim();

const isLong = (text: string | null): boolean => text !== null && (text.length > LONG || text.includes('\n'));

/** A field as people write it: Jira's own have small letters. */
function nameOf(field: string): string {
  if (field.trim() === '') return 'a field without a name';
  const name = field.length > LONG ? `${field.slice(0, LONG)}…` : field;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Who did it, where Jira says so. */
export const authorOf = ({ author }: ChangeDto): string => author?.trim() || 'Jira';

/** The changes, newest first. */
export const newestFirst = (changelog: readonly ChangeDto[]): ChangeDto[] => [...changelog].reverse();
