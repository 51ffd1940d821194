import { hashOf } from '../routes/route';
import { VIEWS } from '../routes/table';
import type { Command } from './commands';

/** The views as commands. A function, for the table of views and the palette know each other. */
export const views = (): Command[] =>
  VIEWS.map(({ id, label, key }) => ({
    id: `view-${id}`,
    label,
    detail: `g ${key}`,
    also: 'go to open',
    group: 'Go to',
    doing: { kind: 'go', hash: hashOf(id) },
  }));
