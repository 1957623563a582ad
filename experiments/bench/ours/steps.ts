import { computeFeatures, createCostModel, createRng, FEATURES, fromEpochDay, isoDate, loadConfig, openBook, Panel, resolveFeatures, runBook, STRATEGIES, toEpochDay, VERSION, XNYS, type BookRun, type Forecast, type LoadedConfig, type Rng, type SessionInputs } from 'swinglab';
import type { Case, Check, Settings } from '../case.js';

const NAMES = 500;
/** Ten years, after what the slowest feature needs. */
const SESSIONS = 2520;
const WARM_UP = 270;
const SECTORS = 11;
const HORIZON = 5;

type DatedAction = SessionInputs['actions'] extends ReadonlyMap<string, readonly (infer One)[]> ? One : never;

interface Market {
  readonly bars: Panel;
  readonly features: Panel;
  readonly sectors: ReadonlyMap<string, string>;
  readonly actions: ReadonlyMap<string, readonly DatedAction[]>;
  /** What a model would say of each name at each session, [name, session]; one in thirty is not said. */
  readonly score: Float64Array;
}

/** Shocks of a day that everyone shares, and of each sector. */
function sharedShocks(rng: Rng, width: number): { market: Float64Array; sector: Float64Array[] } {
  let volatility = 0.009;
  const market = Float64Array.from({ length: width }, () => {
    volatility = Math.min(0.03, Math.max(0.005, volatility * Math.exp(0.06 * rng.normal() - 0.03 * Math.log(volatility / 0.009))));
    return 0.0003 + volatility * rng.normal();
  });
  return { market, sector: Array.from({ length: SECTORS }, () => Float64Array.from({ length: width }, () => 0.006 * rng.normal())) };
}

const COLUMNS = ['open', 'high', 'low', 'close', 'volume', 'tradedValue', 'suspect', 'segment'] as const;

/** A large liquid market: shared shocks, half of each night in the gap, reports that jump, ranges, ends, a missing bar now and then. */
function madeBars(rng: Rng, sessions: Int32Array): Panel {
  const width = sessions.length;
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(NAMES * width)])) as Record<(typeof COLUMNS)[number], Float64Array>;
  const { market, sector } = sharedShocks(rng.fork('shared'), width);
  for (let row = 0; row < NAMES; row++) {
    const own = rng.fork(`name ${row}`);
    const [beta, deviation, liquidity] = [0.6 + 0.9 * own.float(), 0.008 + 0.012 * own.float(), 20e6 * Math.exp(1.2 * own.normal())];
    let close = 20 + 180 * own.float();
    for (let t = 0; t < width; t++) {
      const at = row * width + t;
      const jump = (t + row) % 63 === 0 ? 0.05 * own.normal() : 0;
      const move = beta * market[t] + sector[row % SECTORS][t] + deviation * own.normal();
      const open = close * Math.exp(0.4 * move + jump);
      const last = close;
      close = Math.max(1, open * Math.exp(0.6 * move + 0.3 * deviation * own.normal()));
      const [up, down] = [own.float(), own.float()];
      if (own.float() < 0.0005 && last > 0) {
        for (const name of ['open', 'high', 'low', 'close', 'volume', 'tradedValue'] as const) columns[name][at] = Number.NaN;
        continue;
      }
      columns.open[at] = open;
      columns.close[at] = close;
      columns.high[at] = Math.max(open, close) * (1 + deviation * up);
      columns.low[at] = Math.min(open, close) * (1 - deviation * down);
      columns.tradedValue[at] = liquidity * Math.exp(0.4 * own.normal()) * (jump === 0 ? 1 : 3);
      columns.volume[at] = columns.tradedValue[at] / close;
    }
    if (row % 5 === 2) for (const name of ['open', 'high', 'low', 'close', 'volume', 'tradedValue'] as const) columns[name].fill(Number.NaN, row * width + own.integer(WARM_UP + 100, width - 1), (row + 1) * width);
  }
  const symbols = Array.from({ length: NAMES }, (_, row) => `S${String(row).padStart(3, '0')}`);
  return new Panel({ symbols, sessions, columns: { ...columns, quotedOpen: columns.open, quotedHigh: columns.high, quotedLow: columns.low, quotedClose: columns.close } });
}

/** Scores with a little skill: what comes over the next days, buried in noise. */
function madeScores(rng: Rng, bars: Panel): Float64Array {
  const width = bars.sessions.length;
  const open = bars.column('open');
  const score = new Float64Array(open.length);
  for (let at = 0; at < score.length; at++) {
    const next = at % width < width - 1 - HORIZON ? open[at + 1 + HORIZON] / open[at + 1] - 1 : 0;
    const noise = 0.04 * rng.normal();
    score[at] = rng.float() < 1 / 30 ? Number.NaN : noise + (Number.isNaN(next) ? 0 : 0.02 * next);
  }
  return score;
}

/** Dividends of half the names, four a year. */
function madeActions({ symbols, sessions }: Panel): Map<string, DatedAction[]> {
  const paying = symbols.filter((_, row) => row % 2 === 0);
  return new Map(paying.map((symbol, i) => [symbol, Array.from(sessions.keys()).filter((t) => (t + i) % 63 === 0).map((t): DatedAction => ({ exDay: sessions[t], kind: 'dividend', value: 0.25 }))]));
}

function madeMarket(config: LoadedConfig['config']): Market {
  const rng = createRng(11);
  const first = toEpochDay(isoDate('2010-01-04'));
  const bars = madeBars(rng.fork('bars'), XNYS.sessionDays(first, first + 2 * (SESSIONS + WARM_UP)).slice(0, SESSIONS + WARM_UP));
  const features = computeFeatures({ bars }, resolveFeatures(STRATEGIES[config.strategy.name](config.strategy).features, FEATURES));
  return { bars, features, sectors: new Map(bars.symbols.map((symbol, row) => [symbol, `Sector ${row % SECTORS}`])), score: madeScores(rng.fork('scores'), bars), actions: madeActions(bars) };
}

async function* sessionsOf({ bars, features, actions, sectors, score }: Market): AsyncGenerator<SessionInputs> {
  const width = bars.sessions.length;
  const close = bars.column('close');
  for (let index = WARM_UP; index < width; index++) {
    const eligible: string[] = [];
    const forecasts = new Map<string, Forecast>();
    bars.symbols.forEach((symbol, row) => {
      const at = row * width + index;
      if (!(close[at] > 0)) return;
      eligible.push(symbol);
      const said = score[at];
      if (!Number.isNaN(said)) forecasts.set(symbol, { model: 'made', score: said, expectedReturn: 0.1 * said, edge: null, interval: [-0.05 + 0.1 * said, 0.05 + 0.1 * said], coverage: 0.8, horizon: HORIZON, drivers: [], rest: null });
    });
    yield await Promise.resolve({ index, bars, features, actions, sectors, eligible, forecasts });
  }
}

function check({ equity, fills }: BookRun): Check {
  const count = (reason: string): number => fills.filter((fill) => fill.reason === reason).length;
  return { sessions: equity.length, last: equity[equity.length - 1].equity, fills: fills.length, stops: count('stop'), targets: count('target'), delisted: count('delisted') };
}

/** The cash book of the priority strategy with its default rules and resting stops: ten years of 500 names, twenty held. */
export async function prepare({ threads }: Settings): Promise<Case<BookRun>> {
  if (threads !== 1) throw new Error(`expected one thread, which is all that is used, found --threads ${threads}`);
  const { config } = await loadConfig({ cwd: import.meta.dirname, file: null });
  const market = madeMarket(config);
  const { portfolio } = config;
  const rules = { strategy: STRATEGIES[config.strategy.name](config.strategy), risk: portfolio.rules, step: { costs: createCostModel(portfolio.costs), brackets: portfolio.brackets, fills: portfolio.fills }, delisting: portfolio.delisting };
  return { version: `swinglab ${VERSION}, ${fromEpochDay(market.bars.sessions[WARM_UP])} on`, run: () => runBook(sessionsOf(market), openBook(portfolio.initialCash), rules), check };
}
