import { describe, expect, it } from 'vitest';

import { runBook, type BookRun } from '../../src/backtest/run-book.js';
import { fromEpochDay, type IsoDate } from '../../src/core/dates.js';
import { openBook } from '../../src/portfolio/book.js';
import { costsConfig, portfolioConfig } from '../../src/portfolio/config.js';
import { createCostModel } from '../../src/portfolio/costs.js';
import type { BookEvent } from '../../src/portfolio/session-market.js';
import { priorityConfig, type PriorityConfig } from '../../src/strategy/priority/config.js';
import { priorityStrategy } from '../../src/strategy/priority/priority.js';
import type { SessionInputs, SessionRules } from '../../src/strategy/run-session.js';
import type { Forecast } from '../../src/strategy/view.js';
import type { Panel } from '../../src/table/panel.js';
import { only } from '../portfolio/rules/book.js';
import { makeMarket } from '../strategy/market.js';

const WIDTH = 300;
const FROM = 270;
/** The session after whose close a name is no member any more, or its last with a bar. */
const LAST = 279;
const { bars, features } = makeMarket({ symbols: 6, sessions: WIDTH, seed: 3 });
const day = (index: number): IsoDate => fromEpochDay(bars.sessions[index]);

/** S00 is best by far and the others follow; nothing but time and place parts from it. */
const forecasts = new Map(bars.symbols.map((symbol, row): [string, Forecast] => [symbol, { model: 'made', score: 10 - row, expectedReturn: null, edge: null, interval: null, coverage: 0.8, horizon: 10, drivers: [], rest: null }]));

interface Told {
  readonly settings?: Partial<PriorityConfig>;
  readonly isMember?: (symbol: string, index: number) => boolean;
  readonly panel?: Panel;
  readonly to?: number;
  readonly delisting?: NonNullable<SessionRules['delisting']>;
}

async function run({ settings = {}, isMember = () => true, panel = bars, to = WIDTH - 1, ...rules }: Told): Promise<BookRun & { events: BookEvent[] }> {
  const strategy = priorityStrategy(priorityConfig.parse({ top: 2, horizon: 10, minHorizon: 4, stopRanges: 20, targetRanges: 40, signals: [], parts: { uncertainty: 0, liquidity: 0, volatility: 0, signals: 0 }, ...settings }));
  async function* sessions(): AsyncGenerator<SessionInputs> {
    for (let index = FROM; index <= to; index++) yield await Promise.resolve({ index, bars: panel, features: features.until(day(panel.sessions.length - 1)), actions: new Map(), eligible: panel.symbols.filter((symbol) => isMember(symbol, index) && panel.series('close', symbol)[index] > 0), forecasts });
  }
  const events: BookEvent[] = [];
  const book = await runBook(sessions(), openBook(1_000_000), { strategy, risk: only({}), step: { costs: createCostModel(costsConfig.parse({})), brackets: 'resting' }, ...rules }, (result) => void events.push(...result.events));
  return { ...book, events };
}

/** Sales of S00, the sessions as places. */
const sales = ({ fills }: BookRun): unknown[] => fills.filter(({ symbol, side }) => symbol === 'S00' && side === 'sell').map(({ session, reason }) => [Array.from(bars.sessions.keys()).find((t) => day(t) === session), reason]);

describe('a name that leaves the universe while it is held', () => {
  const leaves = (last: number) => (symbol: string, index: number) => symbol !== 'S00' || index <= last;

  it('would be held to its horizon if it stayed', async () => {
    expect(sales(await run({}))).toEqual([[281, 'time']]);
  });

  it('is sold at the next open once its least time is over, unless told otherwise', async () => {
    // no member from the close of 277 on, held for 7 sessions by then
    expect(sales(await run({ isMember: leaves(276) }))).toEqual([[278, 'exit']]);
    // gone after two sessions, it waits for the fourth
    expect(sales(await run({ isMember: leaves(271) }))).toEqual([[275, 'exit']]);
  });

  it('is sold at the next open where it is not to wait', async () => {
    expect(sales(await run({ isMember: leaves(271), settings: { ineligible: 'at-once' } }))).toEqual([[273, 'exit']]);
  });

  it('stays to its own end where it is to be kept, and is not bought again', async () => {
    expect(sales(await run({ isMember: leaves(271), settings: { ineligible: 'keep' } }))).toEqual([[281, 'time']]);
  });

  it('makes room for one that joined, which is bought from then on', async () => {
    const joins = (symbol: string, index: number): boolean => (symbol === 'S01' ? index >= 277 : leaves(276)(symbol, index));
    const bought = (await run({ isMember: joins })).fills.filter(({ side, symbol }) => side === 'buy' && symbol === 'S01').map(({ session }) => session);
    expect(bought[0]).toBe(day(278));
  });

  it('was a member as long as it was: the book up to then does not know that it leaves', async () => {
    const [stays, left] = [await run({ to: 276 }), await run({ to: 276, isMember: leaves(276) })];
    expect(left).toEqual(stays);
  });
});

describe('a name whose data ends while it is held', () => {
  const ended = bars.with(Object.fromEntries(bars.columnNames.filter((name) => name !== 'suspect' && name !== 'segment').map((name) => [name, Float64Array.from(bars.column(name), (value, at) => (at % WIDTH > LAST && at < WIDTH ? Number.NaN : value))])));
  const lastClose = bars.series('quotedClose', 'S00')[LAST];

  it('is closed at its last close after five sessions without a bar, without costs, and marked', async () => {
    const { fills, events, equity } = await run({ panel: ended });
    const gone = fills.filter(({ symbol, side }) => symbol === 'S00' && side === 'sell');
    expect(gone).toEqual([expect.objectContaining({ session: day(LAST + 5), reason: 'delisted', price: lastClose, commission: 0, concession: 0 })]);
    expect(events).toEqual([{ kind: 'delisted', session: day(LAST + 5), symbol: 'S00', price: lastClose, reason: 'no bar for 5 sessions: closed at its last close' }]);
    expect(equity).toHaveLength(WIDTH - FROM);
  });

  it('pays what is left of it and waits as long as is set, and equity falls only then', async () => {
    const whole = await run({ panel: ended });
    const { fills, equity } = await run({ panel: ended, delisting: { sessions: 3, recovery: 0.25 } });
    const gone = fills.find(({ reason }) => reason === 'delisted')!;
    expect([gone.session, gone.price]).toEqual([day(LAST + 3), 0.25 * lastClose]);
    const at = LAST + 3 - FROM;
    expect(equity.slice(0, at)).toEqual(whole.equity.slice(0, at));
    expect(whole.equity[at].equity - equity[at].equity).toBeCloseTo(0.75 * lastClose * gone.shares, 2);
  });

  it('is not known to have ended before it counts as gone: the book is the one that a later bar would have found', async () => {
    const returns = ended.with(Object.fromEntries(ended.columnNames.map((name) => [name, Float64Array.from(ended.column(name), (value, at) => (at === LAST + 5 ? bars.column(name)[at] : value))])));
    const [silent, back] = [await run({ panel: ended, to: LAST + 4 }), await run({ panel: returns, to: LAST + 4 })];
    expect(silent).toEqual(back);
    expect(silent.book.positions.map(({ symbol }) => symbol)).toContain('S00');
    const { fills, events } = await run({ panel: returns, to: LAST + 6 });
    expect([events, fills.filter(({ symbol, side }) => symbol === 'S00' && side === 'sell').map(({ session, reason }) => [session, reason])]).toEqual([[], [[day(LAST + 5), 'time']]]);
  });

  it('is the same on bars that end at each session', async () => {
    for (const to of [LAST + 4, LAST + 5, LAST + 6]) expect(await run({ panel: ended.until(day(to)), to })).toEqual(await run({ panel: ended, to }));
  });
});

describe('the settings of the paper book', () => {
  it('are those that runs stand on', () => {
    const { fills, delisting } = portfolioConfig.parse({});
    expect([fills, delisting]).toEqual([{ maxParticipation: 0.1, unknownDollarVolume: 1_000_000 }, { sessions: 5, recovery: 1 }]);
    expect(portfolioConfig.parse({ fills: { maxParticipation: null } }).fills.maxParticipation).toBeNull();
    for (const fills of [{ maxParticipation: 0 }, { maxParticipation: 1.01 }]) expect(portfolioConfig.safeParse({ fills }).success).toBe(false);
    for (const delisting of [{ sessions: 0 }, { recovery: 1.1 }, { recovery: -0.1 }]) expect(portfolioConfig.safeParse({ delisting }).success).toBe(false);
  });
});
