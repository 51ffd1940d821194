import type { CollectsDto } from '../../lib/backend/backend';
import { needsEmail } from '../../lib/words/service';

/** What is asked for a Jira account and no other, as it was typed. */
export interface JiraFields {
  email: string;
  /** Keys with commas or spaces between them. */
  projects: string;
  collects: CollectsDto;
}

export const noJiraFields = (): JiraFields => ({
  email: '',
  projects: '',
  collects: { kanban: false, backlog: false },
});

/** What `add_account` takes of them: all of it for Jira, none of it for the others. */
export function jiraParams(fields: JiraFields | null) {
  if (fields === null) return { email: null, projects: null, collects: null };
  const projects = projectKeys(fields.projects);
  return {
    email: fields.email.trim() || null,
    projects: projects.length === 0 ? null : projects,
    collects: fields.collects,
  };
}

/** The keys, in capitals and each once. */
export function projectKeys(text: string): string[] {
  return [
    ...new Set(
      text
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ];
}

/** Why the e-mail address cannot be right, or null. */
export function emailProblem(address: string, email: string): string | null {
  if (email.trim() === '')
    return needsEmail(address) ? 'Jira Cloud wants the e-mail address of your Atlassian account.' : null;
  return /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? null : 'This is not an e-mail address.';
}

/** Why the projects cannot be right, or null: a key is a letter, then letters, digits or underscores. */
export function projectsProblem(text: string): string | null {
  const wrong = projectKeys(text).find((key) => !/^[A-Z][A-Z0-9_]+$/.test(key));
  return wrong === undefined
    ? null
    : `“${wrong}” is not the key of a project. It is what stands before the number of a card, as CORE in CORE-12.`;
}
