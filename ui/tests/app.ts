import { render, screen, waitFor, within } from '@testing-library/svelte';
import { expect } from 'vitest';

import App from '../src/App.svelte';
import { backendOf, type FixtureBackend } from '../src/lib/backend/web';
import { WORLDS, type FixtureName } from '../src/lib/backend/fixtures/worlds';
import type { World } from '../src/lib/backend/fixtures/world';
import { Session } from '../src/lib/data/session.svelte';

export interface Opened {
  backend: FixtureBackend;
  session: Session;
}

/** Opens the whole window at a place, with a fixture whose world can be changed before. */
export function open(fixture: FixtureName, hash: string, change: Partial<World> = {}): Opened {
  location.hash = hash;
  const backend = backendOf({ ...WORLDS[fixture](), ...change });
  const session = new Session(backend);
  render(App, { props: { session } });
  return { backend, session };
}

export const at = (testid: string): HTMLElement => screen.getByTestId(testid);

export const all = (testid: string): HTMLElement[] => screen.queryAllByTestId(testid);

/** Waits for the first element of a name. */
export async function first(testid: string): Promise<HTMLElement> {
  const [found] = await screen.findAllByTestId(testid);
  if (!found) throw new Error(`There is no ${testid}.`);
  return found;
}

export async function click(testid: string): Promise<void> {
  (await first(testid)).click();
}

/** Writes into a field as typing would. */
export async function type(testid: string, text: string): Promise<void> {
  const field = (await first(testid)) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

export function press(key: string): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  );
}

/** Waits until the heading says so. */
export async function headlineIs(text: string): Promise<void> {
  await waitFor(() => expect(at('headline').textContent).toBe(text));
}

export { screen, waitFor, within };
