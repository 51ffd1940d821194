import type { AttentionDto } from '../backend/backend';

/** What passes by itself, by the end of its id: a limit of a service, a machine without network. */
const PASSING = /:(limited|offline)$/;

/** Whether somebody must do something. What passes by itself is said, and is nobody's task. */
export const needsPerson = ({ id }: Pick<AttentionDto, 'id'>): boolean => !PASSING.test(id);

/** What needs the person before what does not, each as it came. */
export const byNeed = (attention: readonly AttentionDto[]): AttentionDto[] => [
  ...attention.filter(needsPerson),
  ...attention.filter((item) => !needsPerson(item)),
];
