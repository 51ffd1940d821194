/** What jsdom lacks and every browser has. */
import { configure } from '@testing-library/svelte';
import { afterEach, beforeEach, vi } from 'vitest';

// As long as it takes on a busy machine; what is waited for comes at once on an idle one.
configure({ asyncUtilTimeout: 20_000 });

/** The width of the window, which tests of narrow layouts change. */
export const room = { isWide: true };

beforeEach(() => {
  // Tests of the build run without a window.
  if (typeof window === 'undefined') return;
  room.isWide = true;
  localStorage.clear();
  window.matchMedia = ((query: string) => ({
    matches: room.isWide,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })) as unknown as typeof window.matchMedia;
});

afterEach(() => {
  vi.useRealTimers();
});

// A layout: what is scrolled is as high as a window.
if (typeof HTMLElement !== 'undefined') {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 720 });
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
}

if (typeof HTMLDialogElement !== 'undefined') {
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.setAttribute('open', '');
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.removeAttribute('open');
  };
}
