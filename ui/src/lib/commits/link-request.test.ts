import { expect, it } from 'vitest';

import { LinkRequest } from './link-request.svelte';

const [one, other] = [7, 8];

it('a wish to link is for one commit, once', () => {
  const request = new LinkRequest();
  request.ask(one);
  expect([request.isFor(one), request.isFor(other)]).toEqual([true, false]);
  request.take();
  expect(request.isFor(one)).toBe(false);
});

it('a wish that was not taken falls when another commit is opened, or none', () => {
  const request = new LinkRequest();
  request.ask(one);
  request.follow(one);
  expect(request.isFor(one)).toBe(true);
  request.follow(other);
  expect(request.isFor(one)).toBe(false);
  request.ask(one);
  request.follow(null);
  expect(request.isFor(one)).toBe(false);
});
