import { expect, it, vi } from 'vitest';

import { writeRecent } from './recent';

it('where nothing can be kept, nothing breaks', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(() => writeRecent(['a'])).not.toThrow();
});
