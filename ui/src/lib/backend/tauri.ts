import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import {
  toApiError,
  type Backend,
  type CommandName,
  type Commands,
  type EventName,
  type Events,
} from './backend';

/** The host of the real window: Tauri hands every call and event through to the resident process. */
export function tauriBackend(): Backend {
  return { call, on };
}

async function call<Name extends CommandName>(
  name: Name,
  params: Commands[Name]['params'],
): Promise<Commands[Name]['reply']> {
  try {
    return await invoke<Commands[Name]['reply']>(name, params);
  } catch (thrown) {
    throw toApiError(thrown);
  }
}

function on<Name extends EventName>(name: Name, handler: (payload: Events[Name]) => void): () => void {
  let isWanted = true;
  const listening = listen<Events[Name]>(name, ({ payload }) => {
    if (isWanted) handler(payload);
  });
  // Listening fails only where the window may not listen at all; the first call then says what is wrong.
  listening.catch(() => undefined);
  return () => {
    isWanted = false;
    listening.then((stop) => stop()).catch(() => undefined);
  };
}
