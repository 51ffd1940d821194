import { getContext, setContext } from 'svelte';

import type { Backend, Commands, JiraRunDto, ProfileDto, RunDto } from '../backend/backend';
import { Router } from '../routes/router.svelte';
import { Clock } from './clock.svelte';
import { Live } from './live.svelte';
import { Overlay } from './overlay.svelte';
import { Pausing } from './pausing.svelte';
import { Preferences } from './preferences.svelte';
import { remember, remembered } from './remembered';
import { Resource } from './resource.svelte';
import { Room } from './room.svelte';
import { Stores } from './stores.svelte';
import { Sync } from './sync.svelte';

const KEY = Symbol('session');
const REMEMBERED = 'pdt.profile';

/** One window: its host, what it shows, and where it is. */
export class Session {
  readonly backend: Backend;
  readonly clock = new Clock();
  readonly room = new Room();
  readonly overlay = new Overlay();
  readonly router: Router;
  readonly live: Live;
  readonly sync: Sync;
  readonly pausing: Pausing;
  readonly preferences: Preferences;
  readonly profiles: Resource<ProfileDto[]>;
  #profile = $state('default');
  readonly #stores: Stores;
  #isAskingClosing = $state(false);

  constructor(backend: Backend, router = new Router()) {
    this.backend = backend;
    this.router = router;
    this.live = new Live(backend);
    this.sync = new Sync(backend);
    this.preferences = new Preferences(backend);
    this.pausing = new Pausing(backend, () => this.readControls());
    this.profiles = new Resource(() => backend.call('profiles', {}));
    this.#profile = remembered(REMEMBERED) ?? 'default';
    this.#stores = $derived(new Stores(backend, this.#profile));
  }

  get profile(): string {
    return this.#profile;
  }

  /** Remembered for the next window; one that was removed since is left by whoever lists the profiles. */
  set profile(name: string) {
    remember(REMEMBERED, name);
    this.#profile = name;
  }

  get stores(): Stores {
    return this.#stores;
  }

  /** The run of this profile's commits loop. Another profile's run says nothing about what is shown. */
  get run(): RunDto | null {
    const run = this.live.now.commits;
    return run?.profile === this.#profile ? run : null;
  }

  /** The run of this profile's Jira loop. */
  get jiraRun(): JiraRunDto | null {
    const run = this.live.now.jira;
    return run?.profile === this.#profile ? run : null;
  }

  get isRunning(): boolean {
    return this.run !== null || this.jiraRun !== null;
  }

  get isAskingClosing(): boolean {
    return this.#isAskingClosing;
  }

  /** Listens and ticks until the returned function is called. */
  open(): () => void {
    const refresh = () => {
      this.clock.touch();
      this.profiles.refresh();
      this.preferences.refresh();
      this.stores.refresh();
    };
    const stops = [
      this.backend.on('live', (live) => this.#tell(live)),
      this.backend.on('changed', refresh),
      this.backend.on('navigate', (route) => this.router.go(route)),
      this.backend.on('ask_closing', () => (this.#isAskingClosing = true)),
      this.router.open(),
      this.clock.start(() => {
        refresh();
        void this.live.ask();
      }),
    ];
    void this.live.ask();
    return () => stops.forEach((stop) => stop());
  }

  /** Answers whether PDT keeps running without its window; null leaves the window open. */
  async answerClosing(choice: Commands['choose_closing']['params']['choice'] | null): Promise<void> {
    if (choice !== null) await this.backend.call('choose_closing', { choice });
    this.#isAskingClosing = false;
  }

  /** Reads again what a pause changes. */
  readControls(): void {
    this.clock.touch();
    this.stores.status.refresh();
    this.preferences.settings.refresh();
  }

  #tell(live: Parameters<Live['tell']>[0]): void {
    const before = [this.run, this.jiraRun];
    const wasRunning = this.isRunning;
    this.live.tell(live);
    this.clock.touch();
    if (!wasRunning && this.isRunning && !this.sync.isAsked) this.sync.clear();
    if (wasRunning && !this.isRunning) this.sync.ended();
    const now = [this.run, this.jiraRun];
    // What a run has brought and how it ended belong together.
    if (before.some((run, at) => run !== null && now[at] === null)) this.stores.refresh();
  }
}

/** What a component test hands to `render` as context. */
export const contextOf = (session: Session): Map<symbol, Session> => new Map([[KEY, session]]);

export const provideSession = (session: Session): Session => setContext(KEY, session);

export const useSession = (): Session => getContext<Session>(KEY);
