import {
  toApiError,
  type AboutDto,
  type ApiErrorDto,
  type Autostart,
  type Backend,
  type SettingDto,
  type SettingName,
  type SettingsDto,
} from '../backend/backend';
import { Resource } from './resource.svelte';

/** What can be chosen: the settings, and whether PDT starts at login, which the system keeps. */
export type Preference = SettingName | 'autostart';

/** A choice on its way; null goes back to the default. */
interface Wish {
  value: string | null;
}

/** What a person may choose. A choice is shown at once, and taken back where PDT does not take it. */
export class Preferences {
  readonly settings: Resource<SettingsDto>;
  readonly autostart: Resource<boolean>;
  readonly about: Resource<AboutDto>;
  #wishes = $state.raw<Partial<Record<Preference, Wish>>>({});
  #problems = $state.raw<Partial<Record<Preference, ApiErrorDto>>>({});
  /** The last call: what was chosen first is asked for first. */
  #last: Promise<unknown> = Promise.resolve();
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.settings = new Resource(() => backend.call('settings', {}));
    this.autostart = new Resource(() => backend.call('autostart', {}));
    this.about = new Resource(() => backend.call('about', {}));
  }

  refresh(): void {
    this.settings.refresh();
    this.autostart.refresh();
    this.about.refresh();
  }

  /** A setting as the person wants it: what is on its way, else what is in force. */
  shown(name: SettingName, inForce: SettingDto): SettingDto {
    const wish = this.#wishes[name];
    if (wish === undefined) return inForce;
    // Which value the default has is known when PDT has answered.
    if (wish.value === null) return { ...inForce, source: 'default' };
    return { ...inForce, value: wish.value, source: 'stored' };
  }

  /** Whether PDT starts at login, likewise. */
  shownAutostart(inForce: boolean): boolean {
    const wish = this.#wishes.autostart;
    return wish === undefined ? inForce : wish.value === 'on';
  }

  /** Why the last choice was not taken. */
  problem(of: Preference): ApiErrorDto | null {
    return this.#problems[of] ?? null;
  }

  /** Chooses a value. Answers whether PDT has taken it. */
  change(name: SettingName, value: string | null): Promise<boolean> {
    return this.#choose(name, value, async () => {
      this.settings.take(await this.#backend.call('change_setting', { name, value }));
    });
  }

  setAutostart(choice: Autostart): Promise<boolean> {
    return this.#choose('autostart', choice, async () => {
      await this.#backend.call('set_autostart', { choice });
      this.autostart.take(choice === 'on');
    });
  }

  async #choose(of: Preference, value: string | null, work: () => Promise<void>): Promise<boolean> {
    const wish = { value };
    this.#wishes = { ...this.#wishes, [of]: wish };
    this.#problems = without(this.#problems, of);
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    try {
      await done;
      return true;
    } catch (thrown) {
      this.#problems = { ...this.#problems, [of]: toApiError(thrown) };
      return false;
    } finally {
      // A later choice of the same stays until its own answer.
      if (this.#wishes[of] === wish) this.#wishes = without(this.#wishes, of);
    }
  }
}

function without<T>(all: Partial<Record<Preference, T>>, of: Preference): Partial<Record<Preference, T>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name !== of));
}
