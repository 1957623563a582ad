import { type IsoDate, isIsoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';

/** A state of the market; it is left each session with probability 1 / `meanSessions`. */
export interface RegimeSettings {
  /** Log drift of the market, annual fraction. */
  readonly drift: number;
  /** Volatility of the market, annual fraction. */
  readonly volatility: number;
  /** Sessions that it lasts on average. */
  readonly meanSessions: number;
}

/** A feature column that foretells residual returns. */
export interface SignalSettings {
  readonly name: string;
  /** Expected rank IC with the residual return from the next open to the open `horizon` sessions later. */
  readonly ic: number;
  readonly horizon: number;
  /** Correlation of a stock's value with that of the session before, in [0, 1). */
  readonly persistence: number;
}

/** Past returns, divided by the stock's residual volatility of their span, that foretell residual returns. */
export interface MomentumSettings {
  readonly ic: number;
  readonly horizon: number;
  /** The past return is the one from the close `from` sessions ago to the close `to` sessions ago. */
  readonly from: number;
  readonly to: number;
}

/** A hidden graph whose edges are seen in residual correlations and along which moves spread a session later. */
export interface HiddenGraphSettings {
  /** Expected rank IC of what the neighbours did with the residual return over `horizon` sessions from the next open. */
  readonly ic: number;
  readonly horizon: number;
  /** Neighbours of a stock, all of its sector; even. */
  readonly neighbours: number;
  /** Share of a stock's residual variance that it has in common with its neighbours; two of them correlate by `coupling` / `neighbours`. */
  readonly coupling: number;
}

/** Headlines whose tone foretells the residual return of the next session; prices do not depend on them. */
export interface NewsSettings {
  /** Items a stock and year. */
  readonly perYear: number;
  /** Correlation of the tone with the scaled residual return from the next open to the one after it. */
  readonly correlation: number;
}

/** A figure of option chains that is normal around its mean, AR(1) in time, and foretells residual returns; stock prices do not depend on it. */
export interface OptionFigureSettings {
  /** The same of all stocks, so that ranks over stocks are those of what foretells. */
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
  /** Expected rank IC with the residual return from the next open to the open `horizon` sessions later. */
  readonly ic: number;
  readonly horizon: number;
  /** Correlation with the session before of what does not foretell, in [0, 1). */
  readonly persistence: number;
}

/** Option chains of some stocks over the last sessions. */
export interface OptionSettings {
  /** Stocks with options: those whose typical traded value is largest. */
  readonly underlyings: number;
  /** Last sessions of the span that have chains. */
  readonly sessions: number;
  /** Continuous riskless rate. */
  readonly rate: number;
  /** At-the-money implied over expected volatility. */
  readonly premium: number;
  /** Volatility of puts less that of calls at a delta of 0.25 and 30 days, annual fraction. */
  readonly skew: OptionFigureSettings;
  /** Logarithm of puts over calls traded in a session. */
  readonly putCall: OptionFigureSettings;
}

/** What a synthetic market is made of; volatilities, drifts and rates are annual (252 sessions), fractions. */
export interface SimulationSettings {
  readonly start: IsoDate;
  readonly end: IsoDate;
  /** Instruments in all, members or not. */
  readonly symbols: number;
  readonly market: {
    readonly calm: RegimeSettings;
    readonly stressed: RegimeSettings;
  };
  readonly sectors: {
    /** Between 1 and 11, the sectors of GICS in the order of their codes. */
    readonly count: number;
    readonly volatility: number;
  };
  readonly betas: { readonly mean: number; readonly deviation: number };
  readonly residual: {
    /** Median over stocks. */
    readonly volatility: number;
    /** Standard deviation over stocks of the logarithm of volatility. */
    readonly dispersion: number;
  };
  /** Log volatility of each stock and of the market moves around its mean: AR(1) with this persistence and stationary deviation. */
  readonly stochasticVolatility: { readonly persistence: number; readonly deviation: number };
  readonly jumps: {
    readonly perYear: number;
    /** Scale in volatilities of a session of the stock; sizes are Student t. */
    readonly scale: number;
    readonly degreesOfFreedom: number;
  };
  /** Share of the variance from open to open that falls between close and open. */
  readonly overnightShare: number;
  readonly price: { readonly median: number; readonly dispersion: number };
  /** Median traded value a session in quote currency, and the deviation over stocks of its logarithm. */
  readonly tradedValue: { readonly median: number; readonly dispersion: number };
  readonly membership: {
    /** Shares of the instruments at the start; the rest is not listed yet. */
    readonly members: number;
    readonly listedOutside: number;
    /** Hazards a year: of a member to leave, of a listed stock to join, of one not listed to list, of a listed one to be delisted. */
    readonly leaves: number;
    readonly joins: number;
    readonly listings: number;
    readonly delistings: number;
  };
  readonly signals: readonly SignalSettings[];
  readonly momentum: MomentumSettings | null;
  readonly graph: HiddenGraphSettings | null;
  readonly news: NewsSettings;
  /** No chains when null. */
  readonly options: OptionSettings | null;
}

/** Changes whenever the same settings and seed give another market. */
export const SIMULATION_REVISION = 1;

const OPTION_DEFAULTS: OptionSettings = {
  underlyings: 20,
  sessions: 130,
  rate: 0.02,
  premium: 1.1,
  skew: { mean: 0.03, deviation: 0.008, ic: -0.1, horizon: 5, persistence: 0.9 },
  putCall: { mean: -0.35, deviation: 0.35, ic: -0.08, horizon: 3, persistence: 0.6 },
};

/** Close to daily data of S&P 500 stocks; `docs/SIMULATION.md` says which figure each stands on. */
export const SIMULATION_DEFAULTS: SimulationSettings = {
  start: '2013-01-02' as IsoDate,
  end: '2017-12-29' as IsoDate,
  symbols: 200,
  market: {
    calm: { drift: 0.13, volatility: 0.11, meanSessions: 250 },
    stressed: { drift: -0.15, volatility: 0.27, meanSessions: 60 },
  },
  sectors: { count: 11, volatility: 0.09 },
  betas: { mean: 1, deviation: 0.25 },
  residual: { volatility: 0.21, dispersion: 0.3 },
  stochasticVolatility: { persistence: 0.98, deviation: 0.4 },
  jumps: { perYear: 4, scale: 2.5, degreesOfFreedom: 5 },
  overnightShare: 0.25,
  price: { median: 60, dispersion: 0.6 },
  tradedValue: { median: 2e8, dispersion: 0.9 },
  membership: { members: 0.92, listedOutside: 0.04, leaves: 0.02, joins: 0.25, listings: 0.25, delistings: 0.008 },
  signals: [
    { name: 'signal-a', ic: 0.05, horizon: 5, persistence: 0.9 },
    { name: 'signal-b', ic: 0.02, horizon: 10, persistence: 0.98 },
  ],
  momentum: { ic: 0.03, horizon: 5, from: 63, to: 21 },
  graph: { ic: 0.06, horizon: 1, neighbours: 4, coupling: 0.8 },
  news: { perYear: 12, correlation: 0.4 },
  options: OPTION_DEFAULTS,
};

/** Nothing planted: no feature, past return, neighbour, headline or option foretells a residual return. */
export const PURE_NOISE = {
  signals: [],
  momentum: null,
  graph: null,
  news: { perYear: 12, correlation: 0 },
  options: { skew: { ...OPTION_DEFAULTS.skew, ic: 0 }, putCall: { ...OPTION_DEFAULTS.putCall, ic: 0 } },
} as const satisfies SimulationOptions;

/** Settings of which any group, or any part of a group that is an object, may be left to its default. */
export type SimulationOptions = { readonly [Name in keyof SimulationSettings]?: SimulationSettings[Name] extends readonly unknown[] | string | number ? SimulationSettings[Name] : SimulationSettings[Name] extends object ? Partial<SimulationSettings[Name]> : Partial<NonNullable<SimulationSettings[Name]>> | null };

/**
 * Settings over the defaults, checked.
 * @throws InvariantError `BAD_SIMULATION` naming the setting, what was expected and what was found
 */
export function settleSimulation(options: SimulationOptions = {}): SimulationSettings {
  const settled: Record<string, unknown> = { ...SIMULATION_DEFAULTS };
  for (const [name, value] of Object.entries(options) as [keyof SimulationSettings, unknown][]) {
    if (value === undefined) continue;
    if (!(name in SIMULATION_DEFAULTS)) throw bad(name, `one of ${Object.keys(SIMULATION_DEFAULTS).join(', ')}`, name);
    const usual = SIMULATION_DEFAULTS[name];
    settled[name] = isGroup(usual) && isGroup(value) ? withKnown(name, usual, value) : value;
  }
  const settings = settled as unknown as SimulationSettings;
  checkPlace(settings);
  checkReturns(settings);
  checkPlanted(settings);
  checkOptions(settings);
  return settings;
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function withKnown(name: string, usual: Readonly<Record<string, unknown>>, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const unknown = Object.keys(given).find((key) => !(key in usual));
  if (unknown !== undefined) throw bad(name, `the parts ${Object.keys(usual).join(', ')}`, unknown);
  return { ...usual, ...given };
}

function bad(setting: string, expected: string, found: unknown): InvariantError {
  return new InvariantError(`expected ${expected}, found ${JSON.stringify(found) ?? String(found)} in ${setting} of a simulation`, { code: 'BAD_SIMULATION', fields: { setting, found } });
}

function within(setting: string, value: number, low: number, high: number): void {
  if (!(typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high)) throw bad(setting, `a number from ${low} to ${high}`, value);
}

function whole(setting: string, value: number, low: number, high: number): void {
  if (!(Number.isInteger(value) && value >= low && value <= high)) throw bad(setting, `a whole number from ${low} to ${high}`, value);
}

function checkPlace({ start, end, symbols, sectors, price, tradedValue, membership }: SimulationSettings): void {
  if (!isIsoDate(start)) throw bad('start', 'a date as yyyy-mm-dd', start);
  if (!isIsoDate(end) || end < start) throw bad('end', `a date as yyyy-mm-dd from ${start} on`, end);
  whole('symbols', symbols, 2, 5000);
  whole('sectors.count', sectors.count, 1, 11);
  within('price.median', price.median, 1, 10_000);
  within('price.dispersion', price.dispersion, 0, 2);
  within('tradedValue.median', tradedValue.median, 1000, 1e12);
  within('tradedValue.dispersion', tradedValue.dispersion, 0, 3);
  within('membership.members', membership.members, 0, 1);
  within('membership.listedOutside', membership.listedOutside, 0, 1 - membership.members);
  for (const hazard of ['leaves', 'joins', 'listings', 'delistings'] as const) within(`membership.${hazard}`, membership[hazard], 0, 50);
}

function checkReturns({ market, sectors, betas, residual, stochasticVolatility, jumps, overnightShare }: SimulationSettings): void {
  for (const name of ['calm', 'stressed'] as const) {
    within(`market.${name}.drift`, market[name].drift, -2, 2);
    within(`market.${name}.volatility`, market[name].volatility, 0, 2);
    within(`market.${name}.meanSessions`, market[name].meanSessions, 1, 1e6);
  }
  within('sectors.volatility', sectors.volatility, 0, 2);
  within('betas.mean', betas.mean, -5, 5);
  within('betas.deviation', betas.deviation, 0, 2);
  within('residual.volatility', residual.volatility, 1e-4, 2);
  within('residual.dispersion', residual.dispersion, 0, 1.5);
  within('stochasticVolatility.persistence', stochasticVolatility.persistence, 0, 0.9999);
  within('stochasticVolatility.deviation', stochasticVolatility.deviation, 0, 1);
  within('jumps.perYear', jumps.perYear, 0, SESSIONS_PER_YEAR);
  within('jumps.scale', jumps.scale, 0, 20);
  whole('jumps.degreesOfFreedom', jumps.degreesOfFreedom, 3, 100);
  within('overnightShare', overnightShare, 0.01, 0.99);
}

function checkPlanted({ signals, momentum, graph, news }: SimulationSettings): void {
  if (!Array.isArray(signals)) throw bad('signals', 'a list', signals);
  signals.forEach((signal: SignalSettings, at) => {
    if (typeof signal.name !== 'string' || signal.name === '' || signals.findIndex(({ name }: SignalSettings) => name === signal.name) !== at) throw bad(`signals[${at}].name`, 'a name of its own', signal.name);
    checkStrength(`signals[${at}]`, signal);
    within(`signals[${at}].persistence`, signal.persistence, 0, 0.9999);
  });
  if (momentum !== null) {
    checkStrength('momentum', momentum);
    whole('momentum.from', momentum.from, 1, 5000);
    whole('momentum.to', momentum.to, 0, momentum.from - 1);
  }
  if (graph !== null) {
    checkStrength('graph', graph);
    whole('graph.neighbours', graph.neighbours, 2, 50);
    if (graph.neighbours % 2 !== 0) throw bad('graph.neighbours', 'an even number', graph.neighbours);
    within('graph.coupling', graph.coupling, 0, 1);
  }
  within('news.perYear', news.perYear, 0, SESSIONS_PER_YEAR);
  within('news.correlation', news.correlation, -1, 1);
}

function checkOptions({ options }: SimulationSettings): void {
  if (options === null) return;
  whole('options.underlyings', options.underlyings, 1, 5000);
  whole('options.sessions', options.sessions, 1, 100_000);
  within('options.rate', options.rate, -0.05, 0.2);
  within('options.premium', options.premium, 0.5, 2);
  checkFigure('options.skew', options.skew, { mean: 0.2, deviation: 0.1 });
  checkFigure('options.putCall', options.putCall, { mean: 3, deviation: 2 });
}

function checkFigure(setting: string, figure: OptionFigureSettings, most: { readonly mean: number; readonly deviation: number }): void {
  if (!isGroup(figure)) throw bad(setting, 'the parts mean, deviation, ic, horizon, persistence', figure);
  within(`${setting}.mean`, figure.mean, -most.mean, most.mean);
  within(`${setting}.deviation`, figure.deviation, 0, most.deviation);
  checkStrength(setting, figure);
  within(`${setting}.persistence`, figure.persistence, 0, 0.9999);
}

function checkStrength(setting: string, { ic, horizon }: { readonly ic: number; readonly horizon: number }): void {
  within(`${setting}.ic`, ic, -0.3, 0.3);
  whole(`${setting}.horizon`, horizon, 1, 63);
}
