import { createRequire } from 'node:module';
import { table } from 'arquero';
import { describe, expect, it, vi } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { openBook } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { mimeBundles } from '../../src/notebook/mime-bundle.js';
import { show, textOf } from '../../src/notebook/show.js';
import type { Presentable } from '../../src/notebook/shown.js';
import { Panel } from '../../src/table/panel.js';

const panel = new Panel({ symbols: ['AAPL', 'XOM'], sessions: Int32Array.of(17_000, 17_001), columns: { close: Float64Array.of(10, 11.5, 20, Number.NaN), volume: Float64Array.of(1, 2_345_678, 3, 4) } });
const figure = { data: [{ type: 'scatter', name: 'close', x: [1, 2, 3], y: Float64Array.of(1, Number.NaN, 3) }], layout: { title: { text: 'Prices <b>now</b>' } } };
const html = (value: unknown): string => mimeBundles(value).map((bundle) => String(bundle['text/html'])).join('\n');

describe('what show prints in a terminal', () => {
  it('is the last session of a panel, numbers to the right, gaps as dashes', () => {
    expect(textOf(panel)).toBe('2 symbols × 2 sessions, 2016-07-18 to 2016-07-19; values of the last session\nsymbol  close     volume\nAAPL     11.5  2,345,678\nXOM         –          4');
  });

  it('is an arquero table as filtered and ordered', () => {
    const ordered = table({ symbol: ['A', 'B', 'C'], value: [1, 3, 2] }).filter((row: { value: number }) => row.value > 1).orderby('value');
    expect(textOf(ordered)).toBe('2 rows\nsymbol  value\nC           2\nB           3');
  });

  it('is a danfo.js frame with its labels, a series too', () => {
    const frame = { columns: ['a', 'b'], index: ['mean', 'std'], shape: [2, 2], dtypes: ['float32', 'string'], values: [[1.5, 'x'], [0.25, 'y']] };
    expect(textOf(frame)).toBe('2 rows × 2 columns\n         a  b\nmean  1.50  x\nstd   0.25  y');
    expect(textOf({ columns: ['a'], index: [0, 1], shape: [2], dtypes: ['int32'], values: [4, 5] })).toBe('2 rows × 1 column\na\n4\n5');
  });

  it('is a list of records with every key that occurs, and a single record by its entries', () => {
    expect(textOf([{ a: 1, b: [1, 2] }, { a: 2.5, c: true }])).toBe('2 rows\n  a  b      c\n1.0  [1,2]  –\n2.5  –      true');
    expect(textOf({ ic: 0.02, name: 'ridge' })).toBe('name  value\nic    0.02\nname  ridge');
  });

  it('is a chart in words', () => {
    expect(textOf(figure)).toBe('[chart "Prices now": close (scatter), 3 points]');
    expect(textOf([figure, figure]).match(/\[chart/g)).toHaveLength(2);
  });

  it('is a paper book over a span: what became of it, its curve, its fills from the last', () => {
    const fill = { symbol: 'XOM', side: 'sell', shares: 4, price: 80.5, costs: 0.25, session: '2018-01-04', reason: 'stop' };
    const run = { book: { ...openBook(1000), cash: toCents(1050) }, equity: [{ session: '2018-01-03', equity: 1000 }, { session: '2018-01-04', equity: 1050 }], fills: [{ ...fill, side: 'buy', session: '2018-01-03', reason: 'entry' }, fill] };
    const text = textOf(run);
    expect(text).toContain('Paper book from 2018-01-03 to 2018-01-04: 1050.00\n+5.00% since the close of the first session, over 2 sessions with 2 fills, after costs. 0 positions and 1050.00 in cash at the end.');
    expect(text.indexOf('stop')).toBeLessThan(text.indexOf('entry'));
    expect(html(run)).toContain('Equity');
    expect(textOf({ ...run, equity: [], fills: [] })).toBe('No session');
  });

  it('is what an object says of itself, in its order', () => {
    const evaluation: Presentable = { toShown: () => ({ title: 'Rank IC', text: ['504 sessions'], tables: [{ caption: 'by year', columns: ['year', 'ic'], rows: [[2016, 0.0123], [2017, -0.004]] }], figures: [figure] }) };
    expect(textOf(evaluation)).toBe('Rank IC\n504 sessions\nby year\nyear       ic\n2016   0.0123\n2017  −0.0040\n[chart "Prices now": close (scatter), 3 points]');
  });

  it('is the text of an own display, or its kinds', () => {
    const own = (bundle: object): object => ({ [Symbol.for('Jupyter.display')]: () => bundle });
    expect(textOf(own({ 'text/plain': 'me', 'text/html': '<b>me</b>' }))).toBe('me');
    expect(textOf(own({ 'image/png': '' }))).toBe('[image/png]');
  });

  it('goes to standard output', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    show([{ a: 1 }]);
    expect(write).toHaveBeenCalledWith('1 row\na\n1\n');
  });

  it.each([[5, '5'], ['text', 'the text "text"'], [[1, 2], 'a list of 2 values'], [new Map(), 'an instance of Map'], [null, 'null']])('refuses %s and says what can be shown', (value, found) => {
    expect(() => textOf(value as object)).toThrow(InvariantError);
    expect(() => textOf(value as object)).toThrow(found);
  });
});

describe('long tables', () => {
  it.each([
    ['records', Array.from({ length: 120 }, (_, row) => ({ row }))],
    ['an arquero table', table({ row: Array.from({ length: 120 }, (_, row) => row) })],
    ['a panel', new Panel({ symbols: Array.from({ length: 120 }, (_, row) => `S${row}`), sessions: Int32Array.of(17_000), columns: { row: new Float64Array(120) } })],
    ['a frame', { columns: ['row'], index: Array.from({ length: 120 }, (_, row) => row), shape: [120, 1], dtypes: ['int32'], values: Array.from({ length: 120 }, (_, row) => [row]) }],
    ['what an object says', { toShown: () => ({ tables: [{ caption: '', columns: ['row'], rows: Array.from({ length: 120 }, (_, row) => [row]) }] }) }],
  ])('of %s are cut after fifty rows and say so', (_, value) => {
    const lines = textOf(value).split('\n');
    expect(lines[0]).toContain('(first 50 of 120)');
    expect(lines).toHaveLength(52);
    expect(html(value).match(/<tr>/g)).toHaveLength(51);
  });
});

describe('what a notebook gets', () => {
  it('escapes what comes from data', () => {
    expect(html([{ '<i>name</i>': '<script>alert(1)</script>' }])).not.toMatch(/<i>|<script>/);
    expect(html({ toShown: () => ({ title: '<b>', text: ['<u>'], tables: [{ caption: '<s>', columns: [], rows: [] }] }) })).not.toMatch(/<b>|<u>|<s>/);
  });

  it('aligns numbers to the right for pages with and without styles', () => {
    expect(html([{ name: 'x', value: 1 }])).toContain('<td align="right" style="text-align:right">1</td>');
    expect(html([{ name: 'x', value: 1 }])).toContain('<td align="left" style="text-align:left">x</td>');
  });

  it('has charts as data, as a page and in words; typed arrays as lists, NaN as null', () => {
    const [bundle] = mimeBundles(figure);
    expect(Object.keys(bundle)).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'text/plain']);
    expect(bundle['application/vnd.plotly.v1+json']).toMatchObject({ data: [{ y: [1, null, 3] }], layout: { title: { text: 'Prices <b>now</b>' }, template: { layout: { paper_bgcolor: '#ffffff' } } } });
  });

  it('keeps what a chart says of itself, but no ground that a dark page would swallow', () => {
    const [bundle] = mimeBundles({ data: [], layout: { height: 99, paper_bgcolor: 'rgba(0,0,0,0)' } });
    expect(bundle['application/vnd.plotly.v1+json']).toMatchObject({ layout: { height: 99, paper_bgcolor: '#ffffff' } });
  });

  it('gets plotly once, and no text of a chart can end its script', async () => {
    vi.resetModules();
    const fresh = await import('../../src/notebook/mime-bundle.js');
    const pages = [1, 2].flatMap(() => fresh.mimeBundles({ data: [{ type: 'bar', name: '</script><b>' }], layout: {} })).map((bundle) => String(bundle['text/html']));
    expect(pages.map((page) => page.length > 400_000)).toEqual([true, false]);
    expect(pages[0].length).toBeLessThan(700_000);
    expect(pages.map((page) => page.match(/<\/script>/g)!.length)).toEqual([2, 1]);
  });

  it('is nothing of its own for values that print well as they are', () => {
    for (const value of [5, 'text', null, [1, 2], new Map(), { a: 1 }, [], [null], { data: 5 }, { data: [{ a: 1 }] }]) expect(mimeBundles(value)).toEqual([]);
  });

  it('is the last expression of a cell, through the console of the kernel', () => {
    const require = createRequire(import.meta.url);
    const { richConsole } = require('../../notebooks/jupyter/kernels/tslab/rich-display.cjs') as { richConsole: (jupyter: object, console: object) => { log: (...values: unknown[]) => void } };
    const sent: unknown[] = [];
    const printed: unknown[] = [];
    const { log } = richConsole({ lastWriteDisplayData: ({ data }: { data: unknown }) => sent.push(data) }, { log: (value: unknown) => printed.push(value), error: () => {} });
    log({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'me' }) });
    log(5);
    expect(sent).toEqual([{ 'text/plain': 'me' }]);
    expect(printed).toEqual([5]);
  });
});
