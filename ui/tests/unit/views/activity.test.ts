import { describe, expect, it, vi } from 'vitest';

import { runOf } from '../../../src/lib/backend/fixtures/activity';
import { all, at, click, first, open, press, screen, waitFor } from '../../app';

const rows = () => all('run-row').map(({ dataset }) => dataset.run);
const queries = ({ calls }: ReturnType<typeof open>['backend']) =>
  calls.filter(({ name }) => name === 'runs').map(({ params }) => (params as { query: object }).query);

describe('Activity', () => {
  it('is a key away, and lists the latest run first', async () => {
    open('data', '#/overview');
    await first('nav-activity');
    press('g');
    press('y');
    await first('run-row');
    expect(rows()[0]).toBe('20000');
    expect(all('run-stretch')[0]?.textContent).toContain('runs without news');
  });

  it('asks PDT for what is filtered, and keeps it in the address', async () => {
    const { backend, session } = open('data', '#/activity');
    await first('run-row');
    await click('run-filter-trouble');
    await waitFor(() => expect(queries(backend).at(-1)).toMatchObject({ troubled: true, before: null }));
    await waitFor(() => expect(all('run-row').every(({ dataset }) => dataset.outcome !== 'ok')).toBe(true));
    expect(session.router.route.query.get('trouble')).toBe('1');
  });

  it('reads older runs on demand, once each', async () => {
    const { backend } = open('data', '#/activity?full=1');
    await first('run-row');
    const last = rows().at(-1);
    await click('older-runs');
    await waitFor(() => expect(rows()).toHaveLength(400));
    expect(queries(backend).at(-1)).toMatchObject({ before: Number(last), limit: 200 });
    expect(new Set(rows()).size).toBe(400);
  });

  it('reads on while its end is in sight, and not by itself once that failed', async () => {
    let height = 500;
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        readonly #tell: (entries: { isIntersecting: boolean }[]) => void;
        #isOver = false;
        constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
          this.#tell = tell;
        }
        observe() {
          setTimeout(() => this.#isOver || this.#tell([{ isIntersecting: rows().length < height }]));
        }
        disconnect() {
          this.#isOver = true;
        }
      },
    );
    try {
      const runs = Array.from({ length: 1000 }, (_, nth) => runOf(1000 - nth));
      const { backend } = open('data', '#/activity?full=1', { runs });
      await waitFor(() => expect(rows()).toHaveLength(600));
      height = 1000;
      backend.world.failing = { runs: { code: 'storage', message: 'The database is locked.', hint: null } };
      const asked = queries(backend).length;
      await click('older-runs');
      await first('try-again');
      await new Promise((done) => setTimeout(done, 50));
      expect(queries(backend)).toHaveLength(asked + 1);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('shows a run that has ended since, and leaves the older ones', async () => {
    const { backend } = open('data', '#/activity?full=1');
    await first('run-row');
    await click('older-runs');
    await waitFor(() => expect(rows()).toHaveLength(400));
    backend.world.runs = [runOf(20_004, { new: 1 }), ...backend.world.runs];
    backend.emit('changed', null);
    await waitFor(() => expect(rows()[0]).toBe('20004'));
    expect(rows()).toHaveLength(401);
  });

  it('unfolds what was without news', async () => {
    open('data', '#/activity');
    const stretch = await first('run-stretch');
    const before = rows().length;
    stretch.click();
    await waitFor(() => expect(rows().length).toBeGreaterThan(before));
    expect(all('run-stretch')[0]?.getAttribute('aria-expanded')).toBe('true');
  });

  it('that is empty says what will be here; that is filtered to nothing has a way out', async () => {
    open('empty', '#/activity');
    expect((await first('empty-state')).textContent).toContain('Nothing has run yet');
  });

  it('filtered to nothing has a way out', async () => {
    open('quiet', '#/activity?trouble=1');
    await click('run-filter-clear');
    await first('run-stretch');
  });

  it('that cannot be read is a failure with a way out', async () => {
    const { backend } = open('failed', '#/activity');
    expect((await first('error-panel')).textContent).toContain('cannot be opened');
    backend.world.failing = {};
    await click('try-again');
    await first('run-row');
  });
});

describe('a run', () => {
  it('opens by its address with its whole receipt', async () => {
    open('data', '#/activity/19982');
    const detail = await first('run-detail');
    expect(detail.dataset.outcome).toBe('partial');
    expect(all('run-entry')).toHaveLength(3);
    expect(detail.textContent).toContain('fix/limits: its page could not be read (502)');
    expect(at('run-unchanged').textContent).toContain('2 repositories had not changed');
    expect(all('run-account')[1]?.textContent).toContain('does not say how many more');
  });

  it('is copied without names', async () => {
    let copied = '';
    const writeText = (text: string) => {
      copied = text;
      return Promise.resolve();
    };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    open('data', '#/activity/20000');
    await click('run-copy');
    await screen.findByText('Copied');
    expect(copied).toContain('repository 1: 17 fetched');
    expect(copied).not.toContain('acme');
  });

  it('that is forgotten, or was never one, says so', async () => {
    open('data', '#/activity/4711');
    expect((await first('empty-state')).textContent).toContain('does not remember this run');
  });

  it('by a number that is none asks for nothing', async () => {
    const { backend } = open('data', '#/activity/nonsense');
    expect((await first('empty-state')).textContent).toContain('does not remember this run');
    expect(backend.calls.some(({ name }) => name === 'run')).toBe(false);
  });
});
