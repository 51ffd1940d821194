import { hashOf, parentOf, parseRoute, type Route } from './route';

/** Follows the hash of the address, and changes it. */
export class Router {
  #hash = location.hash;
  #route = $state.raw<Route>(parseRoute(this.#hash));

  get route(): Route {
    return this.#route;
  }

  /** Follows the address until the returned function is called. */
  open(): () => void {
    this.#read();
    const follow = () => this.#follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }

  /** Goes there at once: a key that is pressed next, however soon, is one of that place. */
  go(hash: string): void {
    location.hash = hash;
    this.#follow();
  }

  /** Goes to where one is already, seen through another filter. That is no step to go back over. */
  filter(query: Record<string, string>): void {
    const { view, rest } = this.#route;
    history.replaceState(null, '', hashOf(view, rest, query));
    this.#read();
  }

  /** Goes to the place above, if there is one. */
  up(): void {
    const above = parentOf(this.#route);
    if (above !== null) this.go(above);
  }

  /** The browser tells of each change, also of one that was followed as it was made. */
  #follow(): void {
    if (location.hash !== this.#hash) this.#read();
  }

  #read(): void {
    this.#hash = location.hash;
    this.#route = parseRoute(this.#hash);
  }
}
