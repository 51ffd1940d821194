import { describe, expect, it } from 'vitest';

import { Rolling, type Numbered } from './rolling.svelte';

const listOf = (ids: readonly number[]): Numbered => ({
  length: ids.length,
  at: (index) => ids[index] ?? -1,
  indexOf: (id) => ids.indexOf(id),
});

const down = (from: number, count = 200) => Array.from({ length: count }, (_, at) => from - at);

/** A list of 200 rows of 33 pixels in an element of 720. */
function rolled(to = 0) {
  const rolling = new Rolling();
  const element = document.createElement('div');
  rolling.attach(element);
  rolling.take(listOf(down(1_000)), 33);
  element.scrollTop = to;
  rolling.scrolled();
  return { rolling, element };
}

describe('a long list', () => {
  it('draws what is in sight and a little more', () => {
    const { rolling } = rolled(3_300);
    expect(rolling.seen).toEqual({ first: 100, end: 122 });
    expect(rolling.drawn).toEqual({ first: 90, end: 132 });
  });

  it('stays where it is read when rows come before', () => {
    const { rolling } = rolled(3_310);
    rolling.take(listOf(down(1_007, 207)), 33);
    expect(rolling.top).toBe(3_310 + 7 * 33);
    expect(rolling.list.at(rolling.seen.first)).toBe(900);
  });

  it('shows what comes to who stands at its very top', () => {
    const { rolling } = rolled();
    rolling.take(listOf(down(1_007, 207)), 33);
    expect(rolling.top).toBe(0);
  });

  it('stays where it is read when rows become higher', () => {
    const { rolling } = rolled(3_300);
    rolling.enter(110);
    rolling.take(rolling.list, 53);
    expect(110 * 53 - rolling.top, 'the row with the focus is where it was on the screen').toBe(330);
  });

  it('goes no further than its end when it becomes short', () => {
    const { rolling } = rolled(3_300);
    rolling.take(listOf([1, 2, 3]), 33);
    expect(rolling.top).toBe(0);
    expect(rolling.drawn).toEqual({ first: 0, end: 3 });
  });

  it('puts the scrollbar where it is, and hears nothing of that', () => {
    const { rolling, element } = rolled();
    void rolling.focus(150);
    expect(element.scrollTop).toBe(rolling.top);
    const { top } = rolling;
    rolling.scrolled();
    expect(rolling.top).toBe(top);
    expect(rolling.seen.first).toBeLessThanOrEqual(150);
    expect(rolling.seen.end).toBeGreaterThan(150);
  });

  it('knows whether the focus is in it', () => {
    const { rolling, element } = rolled();
    const row = element.appendChild(document.createElement('button'));
    const outside = document.body.appendChild(document.createElement('button'));
    document.body.append(element);
    rolling.hold();
    rolling.release(row);
    expect(rolling.isFocused, 'from row to row').toBe(true);
    row.focus();
    rolling.release(null);
    expect(rolling.isFocused, 'the window has lost the focus').toBe(true);
    outside.focus();
    rolling.release(outside);
    expect(rolling.isFocused).toBe(false);
    element.remove();
    outside.remove();
  });

  it('leads Tab to the row that had the focus, or else to the first in sight', () => {
    const { rolling, element } = rolled();
    rolling.enter(4);
    expect(rolling.stop).toBe(4);
    element.scrollTop = 3_300;
    rolling.scrolled();
    expect(rolling.stop).toBe(100);
  });
});

describe('a million rows', () => {
  const million: Numbered = { length: 1_000_000, at: (index) => index, indexOf: (id) => id };

  it('are stepped through pixel by pixel, wherever the wheel turns', () => {
    const { rolling, element } = rolled();
    rolling.take(million, 53);
    element.scrollTop = 2_000_000;
    rolling.scrolled();
    const before = rolling.top;
    expect(before).toBeGreaterThan(10_000_000);
    element.scrollTop += 100;
    rolling.scrolled();
    expect(rolling.top - before).toBe(100);
    rolling.follow();
    expect(rolling.top - before, 'the scrollbar follows, the rows do not').toBe(100);
  });

  it('have an end that can be reached', () => {
    const { rolling, element } = rolled();
    rolling.take(million, 53);
    element.scrollTop = rolling.room - 720;
    rolling.scrolled();
    expect(rolling.seen.end).toBe(1_000_000);
  });
});
