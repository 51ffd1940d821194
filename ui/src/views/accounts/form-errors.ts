import type { ApiErrorDto } from '../../lib/backend/backend';

/** Beside which field of the form an error is shown. It is told by the error's code, never by its text. */
export type Place = 'url' | 'token' | 'name' | 'form';

export function placeOf({ code }: ApiErrorDto): Place {
  switch (code) {
    case 'refused':
      return 'token';
    case 'service':
      return 'url';
    case 'conflict':
      return 'name';
    case 'usage':
    case 'unknown':
    case 'keychain':
    case 'storage':
    case 'desktop':
      return 'form';
  }
}

export const NO_TOKEN: ApiErrorDto = {
  code: 'usage',
  message: 'There is no token yet.',
  hint: 'Create one at the service, copy it, and paste it here.',
};

/** An error as the one text that stands beside a field. */
export const asText = ({ message, hint }: ApiErrorDto): string =>
  hint === null ? message : `${message} ${hint}`;
