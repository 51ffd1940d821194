/**
 * Names by which tests find things, in jsdom, in Chromium and in the real window. They stay when the looks change.
 *
 * Frame: `nav-overview`, `nav-commits`, `nav-board`, `nav-repositories`, `nav-accounts`, `nav-settings`; `profile-select`;
 * `loop-line` (a loop's state at the end of the rail, with data-loop); `keys-dialog`; `closing-dialog` with
 * `closing-stay` and `closing-quit`; `pause` (the button of a menu with `pause-hour`, `pause-tomorrow`, `pause-open`) and
 * `resume` in its place, in Overview and in Settings.
 * Overview: `headline` (the sentence), `sync-now`, `stop-sync`, `progress` (role=progressbar with aria-valuenow and
 * aria-valuemax), `jira-progress` (likewise), `sync-result` (what a sync by hand brought), `loop-panel` (with data-loop,
 * data-outcome and data-health) and `loop-sync` in it, `to-settings` (where the background loops are off), `attention-item` (with data-severity) and `attention-action` in it,
 * `reading-row` (a repository that is being read), `repository-state`, `sprint-state`; `commit-days` (the bars), `day` in it
 * (a link, with data-day), `card-statuses`, `linked-share`, `review-unlinked`; `show-table` beside every picture.
 * First run: `first-run` (with data-step), `skip-first-run`, `finish-first-run`; `setting-autostart` and
 * `setting-notifications` at its end.
 * Settings: `setting-row` (with data-setting and data-source) of each setting, in it `setting-<name>` (the control: a
 * switch with aria-checked, or a select), `setting-other` (the field for what the select does not offer),
 * `setting-default` (back to the default), `setting-origin` (where a value comes from that is not chosen here) and
 * `form-error`; `quiet-from`, `quiet-until`; `test-notification`, `open-data`, `open-logs`, and `said` beside each.
 * Accounts: `account-add`, `provider-github`, `provider-gitlab`, `provider-jira`, `field-url`, `field-email`,
 * `field-projects`, `field-name`, `field-token`, `collect-kanban`, `collect-backlog`, `create-token`, `submit`,
 * `form-error`; `account-row` (with data-account, data-state, data-health), `account-check`, `account-replace`, `account-remove`,
 * `account-scopes`, `account-advice`, `account-tokens` (its page at the service); `removal` (what a removal deletes).
 * Repositories: `repo-url`, `repo-add`, `repo-row` (with data-repository, data-state), `repo-detail`, `repo-remove`;
 * `choose-repositories`, `available-row` (with data-repository), `available-check`, `available-search`,
 * `track-chosen`, `choosing-done` (in the first run); `repo-search`, `repo-state`, `repo-clear`, `repo-account`; `repo-several`
 * (to the form for many), `repo-urls` (its lines), `repo-add-many`, `added-line` (with data-fate), `repo-one` (back).
 * Commits: `commit-row` (with data-sha), `commit-message` (first line, in the row), `commit-detail` (the panel),
 * `commit-full-message`, `commit-card`, `copy-sha`, `open-at-host`, `filter-text`, `filter-repository`,
 * `filter-branch`, `filter-author`, `filter-date` (with `filter-since`, `filter-until` and `filter-date-<choice>`),
 * `filter-card`, `filter-unlinked`: chips, each with `<id>-text` (the field), `<id>-option` and `<id>-off`;
 * `filter-clear`; `commit-list` (what is scrolled), `show-arrived`. In the detail: `commit-link` (with data-key and
 * data-provenance), `unlink`, `link-field`, `link-option`, `suggestion` (with data-key), `take-back`, `link-status`,
 * `undo-link`, `copy-line`.
 * Palette: `palette-open` (the button in the rail), `palette`, `palette-text`, `palette-item` (with data-id).
 * Board: `sprint-select`, `sprint-header`, `board-column` (with data-category), `card-row` (with data-key and, of a card
 * that is gone, data-removed), `more-cards`; `card-detail` (the panel, with data-key), `card-description`,
 * `card-relative`, `change-row`, `more-changes`, `copy-key`, `status-times`; `burndown-toggle`, `burndown`,
 * `burndown-change` (a row of its table); `board-text`, `board-assignee`, `clear-board`; `card-link` (a key in a commit), `filter-card` (commits of
 * one card).
 * Activity: `run-row` (with data-run, data-loop and data-outcome), `run-stretch` (runs without news, folded),
 * `older-runs`, `run-filter-loop`, `run-filter-trouble`, `run-filter-news`, `run-filter-full`, `run-filter-clear`; `run-detail` (the panel, with
 * data-run and data-outcome), `run-entry`, `run-account`, `run-unchanged`, `run-copy`.
 * Everywhere: `dialog-confirm`, `dialog-cancel`, `error-panel`, `try-again`, `empty-state`.
 */
export const TESTIDS = {
  profileSelect: 'profile-select',
  loopLine: 'loop-line',
  keysDialog: 'keys-dialog',
  closingDialog: 'closing-dialog',
  closingStay: 'closing-stay',
  closingQuit: 'closing-quit',
  headline: 'headline',
  syncNow: 'sync-now',
  stopSync: 'stop-sync',
  progress: 'progress',
  syncResult: 'sync-result',
  loopPanel: 'loop-panel',
  attentionItem: 'attention-item',
  attentionAction: 'attention-action',
  readingRow: 'reading-row',
  repositoryState: 'repository-state',
  sprintState: 'sprint-state',
  commitDays: 'commit-days',
  day: 'day',
  showTable: 'show-table',
  cardStatuses: 'card-statuses',
  linkedShare: 'linked-share',
  reviewUnlinked: 'review-unlinked',
  burndown: 'burndown',
  burndownToggle: 'burndown-toggle',
  burndownChange: 'burndown-change',
  loopSync: 'loop-sync',
  jiraProgress: 'jira-progress',
  pause: 'pause',
  resume: 'resume',
  toSettings: 'to-settings',
  settingRow: 'setting-row',
  settingOther: 'setting-other',
  settingDefault: 'setting-default',
  settingOrigin: 'setting-origin',
  quietFrom: 'quiet-from',
  quietUntil: 'quiet-until',
  testNotification: 'test-notification',
  openData: 'open-data',
  openLogs: 'open-logs',
  said: 'said',
  firstRun: 'first-run',
  skipFirstRun: 'skip-first-run',
  finishFirstRun: 'finish-first-run',
  accountAdd: 'account-add',
  fieldUrl: 'field-url',
  fieldName: 'field-name',
  fieldEmail: 'field-email',
  fieldProjects: 'field-projects',
  collectKanban: 'collect-kanban',
  collectBacklog: 'collect-backlog',
  fieldToken: 'field-token',
  createToken: 'create-token',
  submit: 'submit',
  formError: 'form-error',
  accountRow: 'account-row',
  accountCheck: 'account-check',
  accountReplace: 'account-replace',
  accountRemove: 'account-remove',
  accountScopes: 'account-scopes',
  accountAdvice: 'account-advice',
  accountTokens: 'account-tokens',
  removal: 'removal',
  repoUrl: 'repo-url',
  repoAdd: 'repo-add',
  repoSeveral: 'repo-several',
  repoUrls: 'repo-urls',
  repoAddMany: 'repo-add-many',
  repoOne: 'repo-one',
  addedLine: 'added-line',
  repoAccount: 'repo-account',
  repoSearch: 'repo-search',
  repoState: 'repo-state',
  repoClear: 'repo-clear',
  repoRow: 'repo-row',
  repoDetail: 'repo-detail',
  repoRemove: 'repo-remove',
  chooseRepositories: 'choose-repositories',
  availableRow: 'available-row',
  availableCheck: 'available-check',
  availableSearch: 'available-search',
  trackChosen: 'track-chosen',
  commitRow: 'commit-row',
  commitMessage: 'commit-message',
  commitDetail: 'commit-detail',
  commitFullMessage: 'commit-full-message',
  commitCard: 'commit-card',
  copySha: 'copy-sha',
  openAtHost: 'open-at-host',
  filterText: 'filter-text',
  filterRepository: 'filter-repository',
  filterUnlinked: 'filter-unlinked',
  filterCard: 'filter-card',
  filterBranch: 'filter-branch',
  filterAuthor: 'filter-author',
  filterDate: 'filter-date',
  filterSince: 'filter-since',
  filterUntil: 'filter-until',
  filterClear: 'filter-clear',
  commitList: 'commit-list',
  commitLink: 'commit-link',
  linkField: 'link-field',
  linkOption: 'link-option',
  linkStatus: 'link-status',
  undoLink: 'undo-link',
  unlink: 'unlink',
  suggestion: 'suggestion',
  takeBack: 'take-back',
  copyLine: 'copy-line',
  palette: 'palette',
  paletteOpen: 'palette-open',
  paletteText: 'palette-text',
  paletteItem: 'palette-item',
  cardLink: 'card-link',
  showArrived: 'show-arrived',
  sprintSelect: 'sprint-select',
  sprintHeader: 'sprint-header',
  boardColumn: 'board-column',
  cardRow: 'card-row',
  moreCards: 'more-cards',
  cardDetail: 'card-detail',
  cardDescription: 'card-description',
  cardRelative: 'card-relative',
  changeRow: 'change-row',
  moreChanges: 'more-changes',
  statusTimes: 'status-times',
  boardText: 'board-text',
  boardAssignee: 'board-assignee',
  clearBoard: 'clear-board',
  copyKey: 'copy-key',
  runRow: 'run-row',
  runStretch: 'run-stretch',
  olderRuns: 'older-runs',
  filterLoop: 'run-filter-loop',
  filterTrouble: 'run-filter-trouble',
  filterNews: 'run-filter-news',
  filterFull: 'run-filter-full',
  clearRunFilter: 'run-filter-clear',
  runDetail: 'run-detail',
  runEntry: 'run-entry',
  runAccount: 'run-account',
  runUnchanged: 'run-unchanged',
  runCopy: 'run-copy',
  commandProblem: 'command-problem',
  dialogConfirm: 'dialog-confirm',
  dialogCancel: 'dialog-cancel',
  errorPanel: 'error-panel',
  tryAgain: 'try-again',
  emptyState: 'empty-state',
} as const;

/** The entry of a view in the rail. */
export const navTestid = (view: string): string => `nav-${view}`;

/** The card of a service in the form that connects an account. */
export const providerTestid = (provider: string): string => `provider-${provider}`;

/** The control of a setting. */
export const settingTestid = (name: string): string => `setting-${name}`;
