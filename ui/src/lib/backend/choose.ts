import type { Backend } from './backend';
import { tauriBackend } from './tauri';

/**
 * The host of this window. Sample data stands in only in a build of its own (`--mode fixtures`) and in a browser
 * beside the development server; both conditions are known when building, so that none of it is shipped.
 */
export async function chooseBackend(): Promise<Backend> {
  if (import.meta.env.MODE === 'fixtures' || (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window))) {
    const { fixtureBackend } = await import('./web');
    return fixtureBackend(new URLSearchParams(location.search).get('fixture') ?? 'data');
  }
  return tauriBackend();
}
