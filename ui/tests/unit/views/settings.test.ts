import { describe, expect, it } from 'vitest';

import { settings } from '../../../src/lib/backend/fixtures/settings';
import { all, at, click, first, open, press, screen, type, waitFor, within } from '../../app';

const row = (name: string) =>
  all('setting-row').find(({ dataset }) => dataset.setting === name) as HTMLElement;
const control = async (name: string) => (await first(`setting-${name}`)) as HTMLSelectElement;
const isOn = (name: string) => at(`setting-${name}`).getAttribute('aria-checked') === 'true';
const changes = ({ calls }: ReturnType<typeof open>['backend']) =>
  calls.filter(({ name }) => name === 'change_setting').map(({ params }) => params);

async function choose(name: string, value: string) {
  const select = await control(name);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

async function write(text: string) {
  await type('setting-other', text);
  at('setting-other').dispatchEvent(new Event('change', { bubbles: true }));
}

describe('Settings', () => {
  it('are a key away, and say where data and logs lie', async () => {
    open('data', '#/overview');
    await first('nav-settings');
    press('g');
    press('s');
    await control('sync_enabled');
    expect(screen.getByText('/home/mira/.local/share/pdt/logs')).toBeTruthy();
    expect(screen.getByText('PDT 0.1.0')).toBeTruthy();
    expect(at('nav-settings').getAttribute('aria-current')).toBe('page');
  });

  it('act at once', async () => {
    const { backend } = open('data', '#/settings');
    await click('setting-sync_enabled');
    await waitFor(() => expect(isOn('sync_enabled')).toBe(false));
    await choose('interval_jira', '2h');
    await waitFor(() => expect(row('interval_jira').textContent).toContain('Back to default (30 minutes)'));
    expect(changes(backend)).toEqual([
      { name: 'sync_enabled', value: 'false' },
      { name: 'interval_jira', value: '2h' },
    ]);
    within(row('interval_jira')).getByTestId('setting-default').click();
    await waitFor(async () => expect((await control('interval_jira')).value).toBe('30m'));
    expect(changes(backend).at(-1)).toEqual({ name: 'interval_jira', value: null });
    await waitFor(() => expect(row('interval_jira').dataset.source).toBe('default'));
  });

  it('take back what PDT does not take, and say why beside it', async () => {
    const failing = {
      change_setting: { code: 'storage', message: 'The database is locked.', hint: 'Try again.' },
    } as const;
    open('data', '#/settings', { failing });
    await click('setting-notify_failures');
    const error = await first('form-error');
    expect(row('notify_failures').contains(error)).toBe(true);
    expect(error.textContent).toContain('The database is locked. Try again.');
    expect(isOn('notify_failures')).toBe(true);
    expect(at('setting-notify_failures').getAttribute('aria-describedby')).toContain(error.id);
  });

  it('offer the value in force, whoever has chosen it', async () => {
    open('chosen', '#/settings');
    const select = await control('interval_commits');
    expect(select.selectedOptions[0]?.text).toBe('1 hour 30 minutes');
    expect(select.selectedOptions[0]?.previousElementSibling?.textContent).toBe('1 hour');
  });

  it('take another interval as it is written, and keep what PDT does not understand to be mended', async () => {
    const { backend } = open('data', '#/settings');
    await choose('interval_commits', 'other');
    await waitFor(() => expect(document.activeElement).toBe(at('setting-other')));
    await write('soon');
    expect((await first('form-error')).textContent).toContain('write one like 90s, 15m or 1h30m');
    expect((at('setting-other') as HTMLInputElement).value).toBe('soon');
    await write('45s');
    await waitFor(() => expect(all('setting-other')).toEqual([]));
    expect((await control('interval_commits')).selectedOptions[0]?.text).toBe('45 seconds');
    expect(changes(backend)).toHaveLength(2);
  });

  it('that come from elsewhere cannot be changed here, and say where they come from', async () => {
    open('environment', '#/settings');
    expect((await control('interval_commits')).disabled).toBe(true);
    expect(row('interval_commits').textContent).toContain('from SYNC_INTERVAL_COMMITS in the environment');
    expect(row('interval_commits').textContent).toContain('Change it there, and start PDT again.');
    expect(row('interval_jira').textContent).toContain('from SYNC_INTERVAL_JIRA in the .env file');
    expect((await control('notify_failures')).disabled).toBe(true);
    expect((await control('history_days')).disabled).toBe(false);
    expect(within(row('history_days')).queryByTestId('setting-origin')).toBeNull();
    expect(screen.getByText(/^PDT_QUIET_HOURS="night"/), 'what could not be read is told').toBeTruthy();
  });

  it('follow what another program has chosen', async () => {
    const { backend } = open('data', '#/settings');
    await control('history_days');
    backend.world.settings = settings({ history_days: '90' });
    backend.emit('changed', null);
    await waitFor(async () => expect((await control('history_days')).value).toBe('90'));
  });

  it('that cannot be read are a failure with a way out', async () => {
    const { backend } = open('failed', '#/settings');
    expect((await first('error-panel')).textContent).toContain('cannot be opened');
    backend.world.failing = {};
    await click('try-again');
    await control('sync_enabled');
  });
});

describe('quiet hours', () => {
  it('are off, then those of a night, then those that are chosen', async () => {
    const { backend } = open('data', '#/settings');
    await control('quiet_hours');
    expect(all('quiet-from')).toEqual([]);
    await click('setting-quiet_hours');
    const from = (await first('quiet-from')) as HTMLSelectElement;
    from.value = '21:30';
    from.dispatchEvent(new Event('change', { bubbles: true }));
    await waitFor(() => expect(changes(backend)).toHaveLength(2));
    await click('setting-quiet_hours');
    await waitFor(() => expect(all('quiet-from')).toEqual([]));
    expect(changes(backend).map((params) => (params as { value: string | null }).value)).toEqual([
      '22:00-07:00',
      '21:30-07:00',
      null,
    ]);
  });
});

describe('starting at login', () => {
  it('is off until it is turned on', async () => {
    const { backend } = open('data', '#/settings');
    await waitFor(async () => expect((await control('autostart')).disabled).toBe(false));
    expect(isOn('autostart')).toBe(false);
    await click('setting-autostart');
    await waitFor(() => expect(backend.world.autostart).toBe(true));
    expect(isOn('autostart')).toBe(true);
  });

  it('stays off where the system refuses it, with the way out', async () => {
    open('refused', '#/settings');
    await waitFor(async () => expect((await control('autostart')).disabled).toBe(false));
    await click('setting-autostart');
    expect((await first('form-error')).textContent).toContain('Make that folder yours');
    expect(isOn('autostart')).toBe(false);
  });

  it('that cannot be read cannot be chosen, and leaves the rest alone', async () => {
    const failing = { autostart: { code: 'desktop', message: 'No folder.', hint: null } } as const;
    const { backend } = open('data', '#/settings', { failing });
    expect((await first('form-error')).textContent).toContain('No folder.');
    expect((await control('autostart')).disabled).toBe(true);
    expect((await control('sync_enabled')).disabled).toBe(false);
    backend.world.failing = {};
    await click('try-again');
    await waitFor(async () => expect((await control('autostart')).disabled).toBe(false));
  });
});

it('a test notification says what came of it', async () => {
  const { backend } = open('data', '#/settings');
  await click('test-notification');
  await waitFor(() => expect(all('said')[0]?.textContent).toContain('It was sent.'));
  backend.world.failing.test_notification = { code: 'desktop', message: 'Nobody shows it.', hint: null };
  await click('test-notification');
  await waitFor(() => expect(all('said')[0]?.textContent).toBe('Nobody shows it.'));
});

it('the folders are opened by PDT', async () => {
  const { backend } = open('data', '#/settings');
  await click('open-data');
  await click('open-logs');
  await waitFor(() =>
    expect(backend.calls.map(({ name }) => name)).toEqual(expect.arrayContaining(['open_data', 'open_logs'])),
  );
});
