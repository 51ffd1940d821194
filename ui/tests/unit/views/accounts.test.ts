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
    expect((await first('dialog-confirm')).closest('dialog')?.textContent).toContain('its 4 repositories');
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
