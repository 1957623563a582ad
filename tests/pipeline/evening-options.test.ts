import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fromEpochDay, isoDate, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { fileLiteral, rows, withDuckDB } from '../../src/data/store/duckdb.js';
import type { DailyResult } from '../../src/pipeline/daily.js';
import { madeChain } from '../options/made-chain.js';
import { complaints } from '../recommendation/schema.js';
import { part, words } from '../report/visible.js';
import { daily, smallConfig, SYMBOLS, temporaryFolder, writeSmallMarket } from './small-market.js';

const FRIDAY = isoDate('2018-01-19');
const MONDAY = isoDate('2018-01-22');
const TUESDAY = isoDate('2018-01-23');
/** Quoted prices of every other name are twice those of the bars, as before a split that came later. */
const isDoubled = (symbol: string): boolean => SYMBOLS.indexOf(symbol) % 2 === 0;

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let data: string;
let result: DailyResult;

beforeAll(async () => {
  place = await temporaryFolder();
  data = await writeSmallMarket(join(place.folder, 'data'));
  await addChains(data);
  result = await daily(await smallConfig(join(place.folder, 'with'), data), { asOf: MONDAY });
});
afterAll(() => place.remove());

/** Chains of all names but two on two sessions. */
async function addChains(folder: string): Promise<void> {
  const closes = await withDuckDB((connection) => rows(connection, `select symbol, strftime(session, '%Y-%m-%d') as day, close from read_parquet(${fileLiteral(join(folder, 'bars.parquet'))}) where session in (date '${FRIDAY}', date '${MONDAY}') and symbol not in ('KO', 'GE')`));
  const lines = closes.flatMap(({ symbol, day, close }) => chainLines(String(symbol), isoDate(String(day)), Number(close) * (isDoubled(String(symbol)) ? 2 : 1)));
  await writeFile(join(folder, 'chains.csv'), ['date,underlying,expiration,strike,cp,last_price,iv,volume,open_interest,underlying_price', ...lines].join('\n'));
  const description = JSON.parse(await readFile(join(folder, 'source.json'), 'utf8')) as { name: string; datasets: object };
  await writeFile(join(folder, 'source.json'), JSON.stringify({ ...description, datasets: { ...description.datasets, option_chains: { file: 'chains.csv', source: 'made up', licence: 'CC0-1.0' } } }));
}

function chainLines(underlying: string, session: IsoDate, spot: number): string[] {
  const strikes = Array.from({ length: 17 }, (_, k) => 0.8 + 0.025 * k);
  const { expiry, strike, isCall, last, impliedVolatility, volume, openInterest } = madeChain({ underlying, session: toEpochDay(session), spot, days: [11, 25, 60, 95], strikes, volatility: (k) => 0.3 - 0.2 * k, openInterest: (price, call) => (Math.abs(price / spot - (call ? 1.05 : 0.95)) < 0.01 ? 9000 : 300), volume: () => 40 });
  return Array.from(expiry, (day, i) => [session, underlying, fromEpochDay(day), strike[i], isCall[i] === 1 ? 'C' : 'P', last[i], impliedVolatility[i], volume[i], openInterest[i], spot].join(','));
}

describe('an evening with option chains', () => {
  it('tells of every shown name that has one, in a document that the schema accepts', () => {
    const { recommendations, options } = result.document;
    expect(complaints(result.document)).toEqual([]);
    expect(options).toMatchObject({ absent: null, source: { licence: 'CC0-1.0' } });
    const shown = recommendations.map(({ symbol }) => symbol).filter((symbol) => symbol !== 'KO' && symbol !== 'GE');
    expect(Object.keys(options.names).sort()).toEqual([...shown].sort());
    expect(shown.length).toBeGreaterThan(3);
  });

  it('gives levels in quoted prices and says what carries them to those of the document', () => {
    for (const { symbol, entry } of result.document.recommendations) {
      const told = result.document.options.names[symbol];
      if (!told) continue;
      expect(told.toClose).toBeCloseTo(isDoubled(symbol) ? 0.5 : 1, 6);
      expect(told.figures.volatility30!).toBeCloseTo(0.3, 2);
      expect((told.figures.callWall! * told.toClose!) / entry).toBeCloseTo(1.05, 1);
      expect((told.figures.putWall! * told.toClose!) / entry).toBeCloseTo(0.95, 1);
      expect(told.figures).toMatchObject({ volatilityRank: null, volatilitySessions: 2 });
    }
  });

  it('marks them on the charts and draws small charts on the cards, on paper figures only', async () => {
    const page = await readFile(result.files.html, 'utf8');
    const card = part(page, 'names');
    expect(card.match(/class="card-options"/g)!.length).toBe(Object.keys(result.document.options.names).length);
    expect(card.match(/class="small-chart"/g)!.length).toBe(3 * Object.keys(result.document.options.names).length);
    expect(words(card)).toMatch(/IV, 30 days 30\.\d%/);
    expect(words(card)).toContain('in quoted prices; on the chart times 0.5000');
    expect(page).toMatch(/"text":"Call wall [\d.,]+"/);
    const blocks = card.match(/<div class="card-options">.*?(?=<details class="card-features">|<\/article>)/gs)!;
    expect(blocks.filter((block) => /NaN|undefined|Infinity/.test(block))).toEqual([]);
    expect(page).toMatch(/\.small-charts, \.option-signals \{ display: none; \}/);
  });

  it('says in one sentence why there is nothing', async () => {
    const off = await daily(await smallConfig(join(place.folder, 'off'), data, ['options.enabled=false']), { asOf: MONDAY });
    expect(off.document.options).toEqual({ names: {}, absent: 'Option chains are switched off by options.enabled.', source: null });
    expect(words(part(await readFile(off.files.html, 'utf8'), 'names'))).toContain('Option chains are switched off by options.enabled.');
    const later = await daily(await smallConfig(join(place.folder, 'later'), data), { asOf: TUESDAY });
    expect(later.document.options).toEqual({ names: {}, absent: `There are no option chains of ${TUESDAY} in the store.`, source: null });
    expect(complaints(later.document)).toEqual([]);
  });
});
