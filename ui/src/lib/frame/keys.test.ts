import { expect, it } from 'vitest';

import { meaningOf } from './keys';

const press = (key: string, change: { isModified?: boolean; isTyping?: boolean } = {}) => ({
  key,
  isModified: false,
  isTyping: false,
  ...change,
});

it('g and a letter go to a view; g alone does nothing', () => {
  expect(meaningOf(press('g'), false)).toEqual({ action: null, isGoing: true });
  expect(meaningOf(press('c'), true)).toEqual({ action: { kind: 'go', key: 'c' }, isGoing: false });
});

it('letters belong to the field that is being typed into, and Esc leaves it', () => {
  for (const key of ['g', 'j', '/', '?'])
    expect(meaningOf(press(key, { isTyping: true }), false).action).toBeNull();
  expect(meaningOf(press('Escape', { isTyping: true }), false).action).toEqual({ kind: 'up' });
});

it('what is pressed with Ctrl, Alt or Meta belongs to the system', () => {
  expect(meaningOf(press('j', { isModified: true }), false).action).toBeNull();
});

it('no single letter does anything that cannot be undone by looking elsewhere', () => {
  const kinds = [...'abcdefghijklmnopqrstuvwxyz'].map((key) => meaningOf(press(key), false).action?.kind);
  expect(new Set(kinds.filter(Boolean))).toEqual(new Set(['move']));
});
