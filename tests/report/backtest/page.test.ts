import { describe, expect, it } from 'vitest';
import type { BacktestRun } from '../../../src/backtest/backtest-run.js';
import { figuresOfRun } from '../../../src/backtest/figures-of-run.js';
import { evaluateScores } from '../../../src/evaluation/evaluate-scores.js';
import { renderBacktestPage } from '../../../src/report/backtest/page.js';
import type { BacktestReportInput } from '../../../src/report/backtest/report-input.js';
import { backtestTables, notebookFigures } from '../../../src/report/backtest/shown.js';
import { backtestWords } from '../../../src/report/backtest/words.js';
import { evaluationWorld } from '../../evaluation/world.js';
import { HOSTILE } from '../hostile.js';
import { own, part, visible, words } from '../visible.js';
import { madeBacktest } from './made-backtest.js';

const scores = evaluateScores(evaluationWorld({ sessions: 120 }));
const input: BacktestReportInput = { ...madeBacktest({ sessions: 400, names: 30, positions: 6 }), scores };
const page = renderBacktestPage(input);
const LISTS = ['orders', 'fills', 'unfilled', 'events', 'trades', 'positions'] as const;

/** A run cut to its first sessions, with nothing traded. */
function quiet(sessions: number): BacktestReportInput {
  const { run } = input;
  const cut = (values: Float64Array): Float64Array => values.slice(0, sessions);
  const flat: BacktestRun = { ...run, ...Object.fromEntries(LISTS.map((list) => [list, []])), sessions: run.sessions.slice(0, sessions), equity: cut(run.equity).fill(1000), returns: new Float64Array(sessions - 1), gross: cut(run.gross).fill(0), net: cut(run.net).fill(0), names: cut(run.names).fill(0), turnover: cut(run.turnover).fill(0), costs: cut(run.costs).fill(0) };
  const none = { trials: { count: 1, aligned: 1, elsewhere: 0, withoutReturns: 0 }, sessions: sessions - 1, sharpe: null, sharpeInterval: null, blockLength: null, probabilistic: null, deflated: null, minimumTrackRecord: null, minimumBacktestYears: null, haircut: null, overfitting: null, superior: null, stepwise: null, randomEntry: null, tradeOrder: null };
  return { ...input, run: flat, figures: figuresOfRun(flat, { benchmark: null }), luck: none, benchmark: null, compared: [], riskFree: null, scores: null };
}

describe('the page of a backtest', () => {
  it('is the same for the same input, and needs nothing else', () => {
    expect(renderBacktestPage(input) === page).toBe(true);
    expect(own(page).split('<script type="application/json"')[0].match(/(?:src|href)="(?!#|data:)[^"]*"|url\(/g)).toBeNull();
  });

  it('has a place for every chart and the data to fill it, sessions written once', () => {
    const { charts, sessions } = JSON.parse(/<script type="application\/json" id="charts">(.*?)<\/script>/s.exec(page)![1]) as { charts: Record<string, { data: { x?: unknown[]; y: unknown[] }[] }>; sessions: string[][] };
    expect([...page.matchAll(/data-chart="(\w+)"/g)].map(([, name]) => name).sort()).toEqual(Object.keys(charts).sort());
    expect(Object.keys(charts)).toHaveLength(11);
    for (const { data } of Object.values(charts)) for (const trace of data) expect(trace.y).toHaveLength((trace.x ?? sessions[0]).length);
    expect(charts['equity'].data.every((trace) => trace.x === undefined)).toBe(true);
    expect(JSON.stringify(charts)).not.toMatch(/NaN|Infinity/);
  });

  it('tells luck before equity, in the words that a notebook and the command line get', () => {
    expect(page.indexOf('<section id="luck"')).toBeLessThan(page.indexOf('<section id="equity"'));
    const luck = words(part(page, 'luck'));
    for (const sentence of backtestWords(input).slice(2, 4)) expect(luck).toContain(sentence);
    for (const { name } of input.luck.stepwise!.slice(0, 3)) expect(visible(page)).toContain(name);
    expect(words(visible(page))).toContain('Every price here is made up.');
  });

  it('counts every trade by what ended it, and every order that was not filled by its reason', () => {
    const tables = backtestTables(input);
    const rowsOf = (caption: string): readonly (readonly string[])[] => tables.find((table) => table.caption === caption)!.rows;
    const counted = (rows: readonly (readonly string[])[]): number => rows.reduce((sum, [, count]) => sum + Number(count.replaceAll(',', '')), 0);
    expect(counted(rowsOf('What trades ended for'))).toBe(input.run.trades.length);
    expect(counted(rowsOf('Orders that were not filled'))).toBe(input.run.unfilled.length);
    expect(rowsOf('Orders that were not filled').map(([why]) => why).sort()).toEqual(['No opening price', 'The low of … did not reach the limit of …']);
    expect(rowsOf('Held at the last close')).toHaveLength(input.run.positions.length);
  });

  it('compounds months to the year', () => {
    const { rows } = backtestTables(input).find(({ caption }) => caption === 'Return by month, percent')!;
    for (const row of rows) {
      const months = row.slice(1, 13).filter((cell) => cell !== '–').map((cell) => Number(cell.replace('−', '-')) / 100);
      expect(months.reduce((product, month) => product * (1 + month), 1) - 1).toBeCloseTo(Number(row[13].replace('−', '-')) / 100, 2);
    }
    const [, first] = part(page, 'returns').split('<tbody');
    expect(words(first.split('</tr>')[0])).toContain(rows[0][13]);
  });

  it('calls names as they were listed then', () => {
    const listed = (symbol: string): string => (symbol === input.run.trades[0].symbol || symbol === input.run.positions[0].symbol ? `OLD-${symbol}` : symbol);
    const renamed = renderBacktestPage({ ...input, listed });
    const { symbols } = JSON.parse(/id="trades-data">(.*?)<\/script>/s.exec(renamed)![1]) as { symbols: string[] };
    const [trade, position] = [input.run.trades[0].symbol, input.run.positions[0].symbol].map((symbol) => `OLD-${symbol} (later ${symbol})`);
    expect(symbols).toContain(trade);
    expect(words(part(renamed, 'rest'))).toContain(position);
  });

  it('leaves no gap in words, whatever is missing', () => {
    for (const some of [input, quiet(1), quiet(2), quiet(300), { ...input, prices: () => null }, { ...input, run: { ...input.run, book: 'research' as const, trades: [], fills: [] }, figures: { ...input.figures, trades: null } }]) {
      const text = visible(renderBacktestPage(some));
      expect(words(text)).not.toMatch(/\bNaN\b|undefined|\bnull\b|Infinity|\[object/);
      expect(backtestWords(some).join()).not.toMatch(/\bNaN\b|undefined|\bnull\b|Infinity/);
    }
  });

  it('is calm about nothing', () => {
    const text = words(visible(renderBacktestPage(quiet(1))));
    for (const sentence of ['A single session', 'How likely this is luck cannot be said', 'No returns yet.', 'No trade was closed.', 'Nothing is held.', 'too short for a Sharpe ratio that rolls']) expect(text).toContain(sentence);
    expect(words(visible(renderBacktestPage(quiet(300))))).toContain('never below its high');
  });

  it('says of a research book that it keeps no trades', () => {
    const text = words(visible(renderBacktestPage({ ...input, run: { ...input.run, book: 'research', trades: [], fills: [], unfilled: [], events: [] }, figures: { ...input.figures, trades: null } })));
    expect(text).toContain('A research book holds weights of equity: it keeps no list of trades.');
  });

  it('lets no text from data run or break out', () => {
    const poisoned = <T extends { readonly symbol: string }>(items: readonly T[]): T[] => items.map((item) => ({ ...item, symbol: HOSTILE + item.symbol, ...('reason' in item ? { reason: HOSTILE } : {}), ...('why' in item ? { why: HOSTILE } : {}) }));
    const { run, luck, benchmark } = input;
    const bad = renderBacktestPage({
      ...input, title: HOSTILE, describe: HOSTILE, experiment: HOSTILE, params: { [HOSTILE]: HOSTILE }, caveats: [HOSTILE], costsWords: HOSTILE, generatedBy: HOSTILE, benchmark: { ...benchmark!, name: HOSTILE }, compared: [{ name: HOSTILE, returns: benchmark!.returns }],
      run: { ...run, fills: poisoned(run.fills), trades: poisoned(run.trades), positions: poisoned(run.positions), unfilled: poisoned(run.unfilled), events: poisoned(run.events) }, companies: new Map([[`${HOSTILE}N000`, HOSTILE]]),
      luck: { ...luck, stepwise: luck.stepwise!.map((one) => ({ ...one, name: HOSTILE })), superior: { ...luck.superior!, best: HOSTILE, benchmark: HOSTILE } },
    });
    expect(bad.includes('<img src=x')).toBe(false);
    expect(bad.match(/<script/g)).toHaveLength(page.match(/<script/g)!.length);
    expect(own(bad).split('<script nonce')[0].includes('<!--')).toBe(false);
  });

  it('stays below six megabytes beside plotly with ten years and 5,000 trades', () => {
    const long = madeBacktest({ sessions: 2520, names: 60, positions: 16 });
    expect(long.run.trades.length).toBeGreaterThan(5000);
    expect(Buffer.byteLength(own(renderBacktestPage(long)))).toBeLessThan(6e6);
    const shown = JSON.stringify([backtestWords(long), backtestTables(long), notebookFigures(long)]);
    expect(Buffer.byteLength(shown)).toBeLessThan(300_000);
  });
});
