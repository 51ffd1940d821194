import { hashOf, parentOf, parseRoute, type Route } from './route';

/** Follows the hash of the address, and changes it. */
export class Router {
  #route = $state.raw<Route>(parseRoute(location.hash));

  get route(): Route {
    return this.#route;
  }

  /** Follows the address until the returned function is called. */
  open(): () => void {
    const follow = () => {
      this.#route = parseRoute(location.hash);
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }

  go(hash: string): void {
    location.hash = hash;
  }

  /** Goes to where one is already, seen through another filter. That is no step to go back over. */
  filter(query: Record<string, string>): void {
    const { view, rest } = this.#route;
    history.replaceState(null, '', hashOf(view, rest, query));
    this.#route = parseRoute(location.hash);
  }

  /** Goes to the place above, if there is one. */
  up(): void {
    const above = parentOf(this.#route);
    if (above !== null) this.go(above);
  }
}
