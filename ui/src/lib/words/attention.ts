import type { AttentionDto } from '../backend/backend';

/** Whether somebody must do something. What passes by itself is said, and is nobody's task. */
export const needsPerson = ({ severity }: Pick<AttentionDto, 'severity'>): boolean => severity !== 'passing';
