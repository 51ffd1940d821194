import { describe, expect, it } from 'vitest';

import { all, at, click, first, open, type, waitFor } from '../../app';

const tokenField = () => at('field-token') as HTMLInputElement;

describe('connecting an account', () => {
  it('sends what was typed, empties the token and goes to the list', async () => {
    const { backend } = open('empty', '#/accounts/add');
    await click('provider-gitlab');
    await type('field-url', 'https://gitlab.example.org');
    await type('field-token', ' glpat-secret ');
    const field = tokenField();
    await click('submit');
    await first('account-row');
    const call = backend.calls.find(({ name }) => name === 'add_account');
    expect(call?.params).toEqual({
      profile: 'default',
      provider: 'gitlab',
      url: 'https://gitlab.example.org',
      name: null,
      email: null,
      projects: null,
      collects: null,
      token: 'glpat-secret',
    });
    expect(field.value, 'nothing of the token stays').toBe('');
    expect(document.body.innerHTML).not.toContain('glpat-secret');
  });

  it('says beside the token that it was refused, and keeps what was typed', async () => {
    open('empty', '#/accounts/add');
    await type('field-token', 'bad');
    await click('submit');
    const error = await first('form-error');
    expect(error.textContent).toContain('refused the token (401)');
    expect(error.textContent, 'what to do').toContain('Make a new token');
    expect(tokenField().getAttribute('aria-describedby')).toContain(error.id);
    expect(tokenField().value).toBe('bad');
  });

  it('asks for nothing that cannot be right', async () => {
    const { backend } = open('empty', '#/accounts/add');
    await type('field-url', 'http://gitlab.example.org');
    await click('submit');
    await waitFor(() => expect(all('form-error')).toHaveLength(2));
    expect(backend.calls.some(({ name }) => name === 'add_account')).toBe(false);
  });

  it('offers the token page of the address that was typed', async () => {
    const { backend } = open('empty', '#/accounts/add');
    await click('provider-gitlab');
    await waitFor(() => expect((at('field-url') as HTMLInputElement).value).toBe('https://gitlab.com'));
    await type('field-url', 'https://gitlab.example.org');
    await click('create-token');
    await waitFor(() => {
      const call = backend.calls.find(({ name }) => name === 'open_link');
      expect(call?.params).toMatchObject({
        url: 'https://gitlab.example.org/-/user_settings/personal_access_tokens?name=PDT&scopes=read_api',
      });
    });
  });
});

describe('connecting Jira', () => {
  const add = (backend: { calls: { name: string; params: unknown }[] }) =>
    backend.calls.find(({ name }) => name === 'add_account')?.params;

  it('sends e-mail, projects and what else to collect', async () => {
    const { backend } = open('empty', '#/accounts/add?service=jira');
    await type('field-url', 'https://acme.atlassian.net');
    await type('field-email', 'mira@example.org');
    await type('field-token', 'secret');
    await type('field-projects', 'core, pay');
    await click('collect-kanban');
    await click('submit');
    const row = await first('account-row');
    expect(add(backend)).toEqual({
      profile: 'default',
      provider: 'jira',
      url: 'https://acme.atlassian.net',
      name: null,
      email: 'mira@example.org',
      projects: ['CORE', 'PAY'],
      collects: { kanban: true, backlog: false },
      token: 'secret',
    });
    expect(row.textContent).toContain('Cloud, as mira@example.org');
    expect(row.textContent).toContain('Only projects CORE, PAY · cards of active sprints, Kanban boards');
  });

  it('asks for an e-mail address only where Jira Cloud wants one, and goes to what is wrong', async () => {
    const { backend } = open('empty', '#/accounts/add?service=jira');
    await type('field-url', 'https://acme.atlassian.net');
    await type('field-token', 'secret');
    await type('field-projects', '7up');
    await click('submit');
    await waitFor(() => expect(all('form-error')).toHaveLength(2));
    expect(all('form-error')[0]?.textContent).toContain('Jira Cloud wants the e-mail address');
    await waitFor(() => expect(document.activeElement).toBe(at('field-email')));
    expect(add(backend)).toBeUndefined();
    await type('field-url', 'https://jira.example.org/jira');
    await type('field-projects', '');
    await click('submit');
    await first('account-row');
    expect(add(backend)).toMatchObject({ email: null, projects: null });
  });

  it('offers the token page of the Jira that it is', async () => {
    const { backend } = open('empty', '#/accounts/add?service=jira');
    const opened = () =>
      backend.calls
        .filter(({ name }) => name === 'open_link')
        .map(({ params }) => (params as { url: string }).url);
    expect((await first('create-token')).hasAttribute('disabled'), 'there is no address yet').toBe(true);
    await type('field-url', 'https://jira.example.org');
    await waitFor(() => expect(at('create-token').hasAttribute('disabled')).toBe(false));
    await click('create-token');
    await waitFor(() =>
      expect(opened().at(-1)).toContain('https://jira.example.org/secure/ViewProfile.jspa'),
    );
    expect(document.body.textContent).toContain('A personal access token may see what you may see');
    await type('field-email', 'mira@example.org');
    await waitFor(() => expect(document.body.textContent).toContain('read:sprint:jira-software'));
    await click('create-token');
    await waitFor(() => expect(opened().at(-1)).toContain('https://id.atlassian.com/'));
  });

  it('says beside the token that it was refused', async () => {
    open('empty', '#/accounts/add?service=jira');
    await type('field-url', 'https://jira.example.org');
    await type('field-token', 'bad');
    await click('submit');
    const error = await first('form-error');
    expect(tokenField().getAttribute('aria-describedby')).toContain(error.id);
    await waitFor(() => expect(document.activeElement).toBe(tokenField()));
  });

  it('keeps everything but the token when that is replaced', async () => {
    const { backend } = open('sites', '#/accounts/client/replace-token');
    await type('field-token', 'new');
    await click('submit');
    await first('account-row');
    expect(add(backend)).toMatchObject({
      provider: 'jira',
      name: 'client',
      url: 'https://jira.example.net/jira',
      email: null,
      projects: ['STOCK', 'DOCK'],
      collects: { kanban: true, backlog: true },
    });
  });

  it('is undone after a dialog has said that boards and cards go with it', async () => {
    open('jira-only', '#/accounts');
    await click('account-remove');
    await waitFor(() => expect(at('removal').textContent).toMatch(/\d+ cards with their history/));
  });
});

describe('the accounts', () => {
  it('have their state in words, with the reason', async () => {
    open('attention', '#/accounts');
    await first('account-row');
    const refused = all('account-row').find(({ dataset }) => dataset.account === 'work');
    expect(refused?.textContent).toContain('refused');
    expect(refused?.textContent).toContain('GitLab refused the token (401).');
  });

  it('are checked when asked', async () => {
    open('data', '#/accounts');
    await click('account-check');
    await waitFor(() => expect(all('account-row')[0]?.textContent).toContain('Signed in as mira-k.'));
  });

  it('are removed after a dialog has said what is deleted', async () => {
    open('data', '#/accounts');
    await first('account-row');
    await click('account-remove');
    await waitFor(() =>
      expect(at('removal').textContent).toContain('4 repositories, 4,816 commits and 4 links'),
    );
    await click('dialog-confirm');
    await waitFor(() =>
      expect(all('account-row').map(({ dataset }) => dataset.account)).toEqual(['work', 'jira']),
    );
  });

  it('stay where the removal fails, and the dialog says why', async () => {
    const failing = {
      remove_account: { code: 'keychain', message: 'The keychain is locked.', hint: null },
    } as const;
    open('data', '#/accounts', { failing });
    await click('account-remove');
    await click('dialog-confirm');
    expect((await first('form-error')).textContent).toContain('The keychain is locked.');
    expect(all('account-row')).toHaveLength(3);
  });

  it('get a new token under the same name and address', async () => {
    const { backend } = open('attention', '#/accounts/work/replace-token');
    await type('field-token', 'new');
    await click('submit');
    await first('account-row');
    const call = backend.calls.find(({ name }) => name === 'add_account');
    expect(call?.params).toMatchObject({
      provider: 'gitlab',
      url: 'https://gitlab.example.org',
      name: 'work',
    });
  });
});

it('with no account, the view says what one is for', async () => {
  open('empty', '#/accounts');
  expect((await first('empty-state')).textContent).toContain('No account is connected');
});

it('accounts that cannot be read are a failure with a way out', async () => {
  const { backend } = open('failed', '#/accounts');
  expect((await first('error-panel')).textContent).toContain('cannot be opened');
  backend.world.failing = {};
  await click('try-again');
  await first('account-row');
});
