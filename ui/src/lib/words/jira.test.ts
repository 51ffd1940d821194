import { expect, it } from 'vitest';

import { jiraReading, jiraRun } from '../backend/fixtures/jira';
import { cardsFound, failedLine, foundSoFar, jiraReadingNow, stageOf, stageWords } from './jira';

it('boards are counted first, then the sprints whose cards are read', () => {
  expect(stageWords(jiraRun()), 'nobody knows how many there are').toBeNull();
  expect(stageWords(jiraRun({ boards_done: 7, boards_of: 11 }))).toBe('7 of 11 boards');
  expect(stageWords(jiraRun({ boards_done: 0, boards_of: 1 }))).toBe('0 of 1 board');
  expect(stageOf(jiraRun({ boards_done: 7, boards_of: 11, sprints_of: 3 })).unit).toBe('board');
  const cards = jiraRun({ boards_done: 11, boards_of: 11, sprints_done: 1, sprints_of: 3 });
  expect(stageOf(cards)).toEqual({ unit: 'sprint', done: 1, of: 3 });
  expect(stageWords(jiraRun({ boards_done: 11, boards_of: 11 })), 'no sprint is active').toBe(
    '11 of 11 boards',
  );
});

it('what is being read is named', () => {
  const now = (...reading: Parameters<typeof jiraReading>[0][]) =>
    jiraReadingNow(jiraRun({ boards_of: 2, reading: reading.map((one) => jiraReading(one)) }));
  expect(now({ board: 'Platform' })).toBe('Reading the sprints of Platform');
  expect(now({ board: 'Platform' }, { board: 'B' }, { board: 'C' })).toBe(
    'Reading the sprints of Platform and 2 other boards',
  );
  expect(now({ sprint: 'Sprint 42', cards: 38 })).toBe('Reading Sprint 42, 38 cards');
  expect(now({ sprint: 'Sprint 42' }, { sprint: 'Dock 3' })).toBe('Reading Sprint 42, and 1 other');
  expect(now({ account: 'work' })).toBe('Reading work');
  expect(now()).toBe('Finishing');
  expect(jiraReadingNow(jiraRun())).toBe('Looking for boards');
});

it('cards are counted as new and changed', () => {
  expect(cardsFound(0, 0)).toBe('No new or changed cards');
  expect(cardsFound(1, 0)).toBe('1 new card');
  expect(cardsFound(0, 1200)).toBe('1,200 changed cards');
  expect(cardsFound(2, 1)).toBe('2 new and 1 changed card');
  expect(foundSoFar(jiraRun())).toBeNull();
  expect(foundSoFar(jiraRun({ new_cards: 3 }))).toBe('3 new cards so far');
});

it('what could not be read is named with its reason, and the others are counted', () => {
  expect(failedLine([])).toBeNull();
  const board = { name: 'board Team Alpha', error: 'Jira refused it (403)' };
  expect(failedLine([board])).toBe('Not read: board Team Alpha: Jira refused it (403).');
  expect(failedLine([board, board, board])).toMatch(/And 2 others could not be read\.$/);
});
