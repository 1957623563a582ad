import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateScores } from '../../../src/evaluation/evaluate-scores.js';
import { renderBacktestPage } from '../../../src/report/backtest/page.js';
import type { BacktestReportInput } from '../../../src/report/backtest/report-input.js';
import { formatNumber, formatSignedPercent } from '../../../src/report/format.js';
import { evaluationWorld } from '../../evaluation/world.js';
import { HOSTILE } from '../hostile.js';
import { madeBacktest } from './made-backtest.js';

const CANDIDATES = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const executablePath = CANDIDATES.find((path) => path !== undefined && path !== '' && existsSync(path));
if (executablePath === undefined) console.warn('tests/report/backtest/browser.test.ts skips: no Chromium found; set CHROMIUM_PATH to its executable');

const input: BacktestReportInput = { ...madeBacktest({ sessions: 300, names: 24, positions: 6 }), scores: evaluateScores(evaluationWorld({ sessions: 80 })) };
const { trades } = input.run;
const DESK = { viewport: { width: 1280, height: 900 } };

/** Names, reasons and titles that would run if they were not escaped. */
function hostile(): BacktestReportInput {
  const poisoned = <T extends { readonly symbol: string }>(items: readonly T[]): T[] => items.map((item) => ({ ...item, symbol: HOSTILE + item.symbol, ...('why' in item ? { why: HOSTILE } : {}) }));
  const { run, prices } = input;
  return { ...input, title: HOSTILE, caveats: [HOSTILE], companies: new Map(trades.map(({ symbol }) => [HOSTILE + symbol, HOSTILE])), prices: (symbol) => prices(symbol.replace(HOSTILE, '')), benchmark: { ...input.benchmark!, name: HOSTILE }, run: { ...run, fills: poisoned(run.fills), trades: poisoned(run.trades), positions: poisoned(run.positions) } };
}

describe.skipIf(executablePath === undefined)('the page of a backtest in Chromium', { timeout: 120_000 }, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'swinglab-backtest-'));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(name: string, options: BrowserContextOptions, report = input): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, renderBacktestPage(report));
    const page = await (await browser.newContext(options)).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => request.url().startsWith('file:') || request.url().startsWith('data:') || complaints.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, complaints };
  }

  const rows = (page: Page): ReturnType<Page['locator']> => page.locator('.trades .trade');
  const firstCells = (page: Page, column: number): Promise<string[]> => page.locator(`.trades .trade > :nth-child(${column})`).allTextContents();
  const chart = (page: Page): ReturnType<Page['locator']> => page.locator('.detail [data-chart]');

  async function drawAll(page: Page): Promise<number> {
    for (const place of await page.locator('[data-chart]').all()) {
      await place.scrollIntoViewIfNeeded();
      await place.locator('.main-svg').first().waitFor({ timeout: 20_000 });
    }
    return page.locator('[data-chart]:has(.main-svg)').count();
  }

  it('draws every chart without a complaint or sideways scrolling, and equity on the axis that is asked for', async () => {
    const { page, complaints } = await open('desk', { ...DESK, colorScheme: 'light' });
    expect(await drawAll(page)).toBe(11);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    const axis = (): Promise<string> => page.locator('[data-chart="equity"]').evaluate((element) => (element as unknown as { layout: { yaxis: { type: string } } }).layout.yaxis.type);
    expect(await axis()).toBe('linear');
    await page.locator('[data-value="log"]').click();
    await expect.poll(axis, { timeout: 20_000 }).toBe('log');
    expect(await page.locator('[data-value="log"]').getAttribute('aria-pressed')).toBe('true');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('does so on a phone in the dark, and shows hostile text as text', async () => {
    const { page, complaints } = await open('phone', { viewport: { width: 390, height: 900 }, colorScheme: 'dark' }, hostile());
    expect(await drawAll(page)).toBe(11);
    await rows(page).first().locator('button').click();
    await chart(page).locator('.main-svg').first().waitFor({ timeout: 20_000 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(await page.locator('img, iframe').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('lists every trade, the last first, fifty at a time, sorts them, and finds them by name, company and what ended them', async () => {
    const { page, complaints } = await open('list', DESK);
    expect(await rows(page).count()).toBe(50);
    expect(await firstCells(page, 1)).toEqual(trades.slice(-50).reverse().map(({ symbol }) => symbol));
    expect(await page.locator('#trade-page').innerText()).toBe(`1–50 of ${formatNumber(trades.length)}`);
    await page.locator('[data-sort="gain"]').click();
    const best = [...trades].sort((a, b) => b.return - a.return).slice(0, 50).map((trade) => formatSignedPercent(trade.return, 2));
    expect(await firstCells(page, 8)).toEqual(best);
    await page.locator('[data-sort="gain"]').click();
    expect((await firstCells(page, 8))[0]).toBe(formatSignedPercent(Math.min(...trades.map((trade) => trade.return)), 2));
    expect(await page.locator('th[aria-sort="ascending"]').innerText()).toContain('Return');
    for (let left = trades.length - 50; left > 0; left -= 50) await page.locator('#trade-next').click();
    expect(await rows(page).count()).toBe(trades.length % 50 || 50);
    expect(await page.locator('#trade-next').isDisabled()).toBe(true);

    const own = trades.filter(({ symbol }) => symbol === 'N003');
    await page.locator('#trade-search').fill('n003');
    expect(await rows(page).count()).toBe(Math.min(50, own.length));
    const profit = own.reduce((sum, { proceeds, cost }) => sum + proceeds - cost, 0);
    expect(await page.locator('#trade-sum').innerText()).toBe(`${own.length} trades, mean return ${formatSignedPercent(own.reduce((sum, trade) => sum + trade.return, 0) / own.length, 2)}, profit ${formatNumber(profit)}`);
    await page.locator('#trade-search').fill('northgate');
    expect(new Set(await firstCells(page, 1))).toEqual(new Set(['N000']));
    await page.locator('#trade-search').fill('');
    await page.locator('#trade-why').selectOption('Stop');
    expect(await page.locator('#trade-page').innerText()).toContain(`of ${formatNumber(trades.filter(({ why }) => why === 'stop').length)}`);
    await page.locator('#trade-search').fill('nobody');
    expect(await rows(page).count()).toBe(0);
    expect(await page.locator('#trade-sum').innerText()).toBe('0 trades');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('draws the candles around a trade with its fills and levels, and lets go of them', async () => {
    const { page, complaints } = await open('trade', { ...DESK, colorScheme: 'light' });
    await page.locator('[data-sort="exit"]').click();
    const at = trades.findIndex(({ why }) => why === 'target');
    await rows(page).nth(at).click();
    await chart(page).locator('.main-svg').first().waitFor();
    const { symbol, entrySession, exitSession } = trades[at];
    const drawn = await chart(page).evaluate((element) => (element as unknown as { data: { type: string; x: string[]; y: number[]; close: number[] }[] }).data);
    const { sessions, close } = input.prices(symbol)!;
    const first = [...sessions].findIndex((day) => new Date(day * 864e5).toISOString().startsWith(entrySession));
    expect(drawn[0].close.slice(0, 20)).toEqual([...Array.from({ length: 20 }, (_, i) => close[first - 15 + i])]);
    expect(drawn.slice(1).map(({ y }) => y)).toEqual([[expect.closeTo(input.run.fills.find((fill) => fill.symbol === symbol && fill.session === entrySession && fill.side === 'buy')!.price, 4)], [expect.closeTo(input.run.fills.find((fill) => fill.symbol === symbol && fill.session === exitSession && fill.side === 'sell')!.price, 4)]]);
    expect(await chart(page).locator('.annotation').allTextContents()).toEqual([expect.stringMatching(/^Stop [\d,.]+$/), expect.stringMatching(/^Target [\d,.]+$/)]);
    expect(await page.locator('.detail .note').innerText()).toMatch(/^(Northgate & Sons: )?[Bb]ought at .*after costs.*while held\.$/);
    const box = chart(page).locator('path.box').first();
    const colour = (): Promise<string | null> => box.evaluate((element) => element.getAttribute('style'));
    const light = await colour();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(colour, { timeout: 20_000 }).not.toBe(light);
    await rows(page).nth(at).click();
    expect(await page.locator('.detail').count()).toBe(0);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('prints every chart and fifty trades, none of them opened, on few pages', async () => {
    const { page, complaints } = await open('print', DESK);
    await rows(page).first().click();
    await page.evaluate('globalThis.atPrint = null; addEventListener("beforeprint", () => { atPrint = { charts: document.querySelectorAll("[data-chart]:has(.main-svg)").length, text: getComputedStyle(document.body).color }; })');
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)!.length).toBeLessThanOrEqual(20);
    expect(await page.evaluate('globalThis.atPrint')).toEqual({ charts: 12, text: 'rgb(27, 29, 34)' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.detail').isVisible()).toBe(false);
    expect(await page.locator('.tools').isVisible()).toBe(false);
    expect(await page.locator('#trade-list .print-only').innerText()).toBe(`Printed: the 50 trades shown of ${formatNumber(trades.length)} trades; all stand in the page.`);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
