const TICK = 10_000;
/** A tick that comes so late was held up: the computer slept, or the window was frozen. */
const GAP = 60_000;

/** Now, as the window shows it. It moves every ten seconds, for no text here is finer than a minute. */
export class Clock {
  #now = $state(Date.now());
  #timer: ReturnType<typeof setInterval> | undefined;

  get now(): number {
    return this.#now;
  }

  /** Starts ticking; `onGap` is told when time passed that nobody was there for. Returns what stops it. */
  start(onGap: () => void): () => void {
    const tick = () => {
      const before = this.#now;
      this.#now = Date.now();
      if (this.#now - before > GAP) onGap();
    };
    const onVisible = () => {
      if (document.visibilityState === 'visible') tick();
    };
    this.#timer = setInterval(tick, TICK);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(this.#timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }

  /** Takes the time now, for texts about something that happened this moment. */
  touch(): void {
    this.#now = Date.now();
  }
}
