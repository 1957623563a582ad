import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ACCOUNT, openProjects, run, succeed, type BookProjects } from './book-project.js';

let projects: BookProjects;
beforeAll(async () => void (projects = await openProjects()), 120_000);
afterAll(() => projects.remove());

const shares = async (cwd: string): Promise<string[]> => (JSON.parse(await succeed(cwd, 'book', 'show', '--json')) as { positions: { symbol: string; shares: number }[] }).positions.map((one) => `${one.symbol} ${one.shares}`);

describe('an account that a person put in place', () => {
  it('stands when its evening is computed again with other settings, and the evening says so', async () => {
    const cwd = await projects.project(projects.booked);
    await writeFile(join(cwd, 'account.csv'), ACCOUNT);
    await succeed(cwd, 'book', 'import', 'account.csv');
    expect(await shares(cwd)).toEqual(['AAPL 10', 'META 7']);
    const { caveats } = JSON.parse(await succeed(cwd, 'daily', '--as-of', '2018-01-22', '--set', 'report.chartSessions=41', '--json')) as { caveats: string[] };
    expect(caveats).toContain('The paper book was not changed by this run.');
    expect(await shares(cwd)).toEqual(['AAPL 10', 'META 7']);
    await succeed(cwd, 'daily', '--as-of', '2018-01-23');
    expect(await shares(cwd)).toContain('META 7');
  }, 60_000);
});

describe('a restricted list', () => {
  it('holds for names as they are listed on the session, in any case, and as instruments', async () => {
    const cwd = await projects.project(projects.bare);
    const bought = async (list: string): Promise<string[]> => (JSON.parse(await succeed(cwd, 'daily', '--as-of', '2018-01-22', '--dry-run', '--set', 'strategy.priority.top=25', '--set', `portfolio.rules.restrictedList.symbols=${list}`, '--json')) as { recommendations: { symbol: string }[] }).recommendations.map(({ symbol }) => symbol);
    const all = await bought('[]');
    expect(all).toContain('META');
    for (const list of ['[FB]', '[fb]', '[META]']) expect(await bought(list)).not.toContain('META');
  }, 60_000);

  it('refuses a name that it does not know', async () => {
    const { code, stderr } = await run(await projects.project(projects.bare), 'daily', '--as-of', '2018-01-22', '--dry-run', '--set', 'portfolio.rules.restrictedList.symbols=[NOPE]');
    expect([code, stderr.split('\n').find((line) => line.startsWith('error'))]).toEqual([2, 'error: expected symbols that were at some time members of "sp500" in portfolio.rules.restrictedList.symbols, found "NOPE"']);
  }, 30_000);
});
