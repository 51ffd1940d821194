import { expect, it, vi } from 'vitest';

import { remember, remembered } from './remembered';

it('what is remembered is there again', () => {
  expect(remembered('pdt.x')).toBeNull();
  remember('pdt.x', 'y');
  expect(remembered('pdt.x')).toBe('y');
});

it('a web view that keeps nothing stops nobody', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('No.');
    },
    setItem: () => {
      throw new Error('It is full.');
    },
  });
  try {
    expect(remembered('pdt.x')).toBeNull();
    expect(() => remember('pdt.x', 'y')).not.toThrow();
  } finally {
    vi.unstubAllGlobals();
  }
});
