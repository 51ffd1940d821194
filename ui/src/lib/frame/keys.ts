/** What a key press means, as a pure function, so that tests need no window. */
export type KeyAction =
  | { kind: 'go'; key: string }
  | { kind: 'move'; by: 1 | -1 }
  | { kind: 'filter' }
  | { kind: 'up' }
  | { kind: 'help' };

export interface Press {
  key: string;
  /** Ctrl, Alt or Meta: such a press belongs to the system or the web view. */
  isModified: boolean;
  /** Whether letters go into a field. */
  isTyping: boolean;
}

export interface Meaning {
  action: KeyAction | null;
  /** Whether the next key completes a `g`. */
  isGoing: boolean;
}

/** What calls the palette, as this computer's keyboard names it. */
export const PALETTE_KEY = /Mac/.test(navigator.platform) ? '⌘ K' : 'Ctrl K';

const NOTHING: Meaning = { action: null, isGoing: false };

const ACTIONS: Record<string, KeyAction> = {
  j: { kind: 'move', by: 1 },
  k: { kind: 'move', by: -1 },
  '/': { kind: 'filter' },
  '?': { kind: 'help' },
  Escape: { kind: 'up' },
};

export function meaningOf(press: Press, isGoing: boolean): Meaning {
  if (press.isModified) return NOTHING;
  if (press.isTyping) return press.key === 'Escape' ? { action: { kind: 'up' }, isGoing: false } : NOTHING;
  if (isGoing) return { action: { kind: 'go', key: press.key }, isGoing: false };
  if (press.key === 'g') return { action: null, isGoing: true };
  return { action: ACTIONS[press.key] ?? null, isGoing: false };
}
