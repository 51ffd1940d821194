/**
 * What the window wants from its host. Nothing outside this folder knows what that host is, so that the whole UI
 * also runs in a plain browser.
 */
import type { ApiErrorDto, Commands, Events } from './generated';

export type * from './generated';

export type CommandName = keyof Commands;
export type EventName = keyof Events;

export interface Backend {
  /** Asks the resident process. Fails with an `ApiErrorDto`, never with anything else. */
  call<Name extends CommandName>(
    name: Name,
    params: Commands[Name]['params'],
  ): Promise<Commands[Name]['reply']>;
  /** Listens until the returned function is called. */
  on<Name extends EventName>(name: Name, handler: (payload: Events[Name]) => void): () => void;
}

/** Any failure as one that can be shown. What has no message of its own gets a sentence instead of its type. */
export function toApiError(thrown: unknown): ApiErrorDto {
  if (isApiError(thrown)) return { ...thrown, hint: thrown.hint ?? null };
  return {
    code: 'service',
    message: 'The window got no answer from PDT.',
    hint: 'Close the window and open it again. If that does not help, quit PDT and start it again.',
  };
}

function isApiError(thrown: unknown): thrown is ApiErrorDto {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    'message' in thrown &&
    typeof thrown.message === 'string'
  );
}
