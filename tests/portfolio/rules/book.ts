import fc from 'fast-check';

import { isoDate } from '../../../src/core/dates.js';
import { riskConfig, type RiskConfig, type RiskKey } from '../../../src/portfolio/rules/config.js';
import type { RiskFacts, RiskName, Weights } from '../../../src/portfolio/rules/rule.js';

/** What rules are applied to. */
export interface RiskCase {
  readonly wanted: Weights;
  readonly facts: RiskFacts;
  readonly settings: RiskConfig;
}

const PLAIN: Omit<RiskName, 'symbol'> = { held: 0, priority: 1, sector: 'Energy', volatility: 0.3, beta: 1, dollarVolume: 1e8, gapLoss: 0.03, sessionsToEarnings: 40, horizon: 10, locked: false };

/** A name that no rule minds, changed as told. */
export const riskName = (symbol: string, changes: Partial<RiskName> = {}): RiskName => ({ ...PLAIN, symbol, ...changes });

/** Names in order of importance; every two of them are correlated by 0.3 unless told otherwise. */
export function factsAbout(names: readonly RiskName[], more: Partial<RiskFacts> = {}): RiskFacts {
  return { session: isoDate('2018-01-02'), equity: 1_000_000, drawdown: 0, names: new Map(names.map((name) => [name.symbol, name])), correlation: () => 0.3, ...more };
}

/** Names A, B, C, … in order of importance with what they are wanted at. */
export function wantedBook(wanted: Readonly<Record<string, number>>, changes: Readonly<Record<string, Partial<RiskName>>> = {}, more: Partial<RiskFacts> = {}): Pick<RiskCase, 'wanted' | 'facts'> {
  const names = Object.keys(wanted).map((symbol, i) => riskName(symbol, { priority: i + 1, ...changes[symbol] }));
  return { wanted: new Map(Object.entries(wanted)), facts: factsAbout(names, more) };
}

const KEYS = Object.keys(riskConfig.parse({})).filter((key) => key !== 'minEntry') as RiskKey[];

/** Defaults with every rule off but those named, which are on with the settings given. */
export function only(rules: { readonly [Key in RiskKey]?: Partial<RiskConfig[Key]> }, minEntry = 0): RiskConfig {
  return riskConfig.parse({ minEntry, ...Object.fromEntries(KEYS.map((key) => [key, { enabled: key in rules, ...rules[key] }])) });
}

const NAN = Number.NaN;
/** Evenly, where fc.double would draw mostly tiny ones. */
const within = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 9973 }).map((step) => min + ((max - min) * step) / 9973);
const unlessUnknown = (value: fc.Arbitrary<number>): fc.Arbitrary<number> => fc.oneof({ arbitrary: value, weight: 6 }, fc.constant(NAN));
const weight = fc.oneof(fc.constant(0), within(0, 0.15), within(0, 0.02), fc.constant(1e-13));

const drawnName = fc.record({
  held: weight,
  wanted: fc.oneof(weight, fc.constant(null)),
  priority: fc.integer({ min: 1, max: 12 }),
  sector: fc.constantFrom('Energy', 'Technology', 'Utilities', null),
  volatility: unlessUnknown(fc.oneof(within(0, 1), fc.constant(0))),
  beta: unlessUnknown(within(-0.5, 2.5)),
  dollarVolume: unlessUnknown(fc.oneof(within(0, 2e7), fc.constant(0))),
  gapLoss: unlessUnknown(fc.oneof(within(0, 0.2), fc.constant(0))),
  sessionsToEarnings: unlessUnknown(fc.integer({ min: -3, max: 60 })),
  horizon: fc.integer({ min: 0, max: 10 }),
  locked: fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, fc.constant(true)),
});

const on = fc.oneof({ arbitrary: fc.constant(true), weight: 4 }, fc.constant(false));
const share = fc.oneof(within(0, 1), within(0, 0.3));

/** Any settings that the schema lets through. */
export const anySettings: fc.Arbitrary<RiskConfig> = fc.record({
  minEntry: fc.oneof(fc.constant(0), within(0, 1)),
  restrictedList: fc.record({ enabled: on, symbols: fc.subarray(['S00', 'S03', 'S07', 'ELSEWHERE']) }),
  minDollarVolume: fc.record({ enabled: on, min: within(0, 2e7), unknown: within(0, 2e7) }),
  maxParticipation: fc.record({ enabled: on, max: within(0.0001, 1), unknown: within(0, 2e7) }),
  earningsBlackout: fc.record({ enabled: on, sessions: fc.integer({ min: 0, max: 20 }) }),
  maxPairwiseCorrelation: fc.record({ enabled: on, max: share, unknown: within(-1, 1) }),
  maxNames: fc.record({ enabled: on, max: fc.integer({ min: 0, max: 12 }) }),
  maxWeight: fc.record({ enabled: on, max: share }),
  nameGapRisk: fc.record({ enabled: on, max: within(0, 0.02), unknown: share }),
  sectorCap: fc.record({ enabled: on, max: share }),
  gapRisk: fc.record({ enabled: on, max: within(0, 0.04), unknown: share }),
  betaLimit: fc.record({ enabled: on, max: within(0, 1.5), unknown: within(0, 2) }),
  volatilityTarget: fc.record({ enabled: on, max: within(0.01, 0.1), unknownVolatility: within(0, 1), unknownCorrelation: within(0, 1) }),
  drawdownBrake: fc.record({ enabled: on, gross: share, from: within(0, 0.2), to: within(0.21, 0.5), least: share }),
  grossLimit: fc.record({ enabled: on, max: share }),
  maxTurnover: fc.record({ enabled: on, max: within(0, 1.5) }),
});

type DrawnName = typeof drawnName extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** Correlations by a table over pairs, NaN among them. */
function correlationsOf(symbols: readonly string[], drawn: readonly number[]): RiskFacts['correlation'] {
  const place = new Map(symbols.map((symbol, i) => [symbol, i]));
  return (a, b) => {
    const [i, j] = [place.get(a)!, place.get(b)!].sort((x, y) => x - y);
    return drawn[(i * 31 + j * 17) % drawn.length];
  };
}

function toCase(drawn: readonly DrawnName[], correlations: readonly number[], book: Pick<RiskFacts, 'equity' | 'drawdown'>): Pick<RiskCase, 'wanted' | 'facts'> {
  const names = drawn.map(({ wanted: _, ...facts }, i) => riskName(`S${String(i).padStart(2, '0')}`, facts));
  const wanted = drawn.flatMap((one, i): [string, number][] => (one.wanted === null ? [] : [[names[i].symbol, one.wanted]]));
  return { wanted: new Map(wanted), facts: factsAbout(names, { ...book, correlation: correlationsOf(names.map(({ symbol }) => symbol), correlations) }) };
}

/** Any book: empty, entries only, holdings only, locked names, unknown facts, the same importance twice, wishes above every limit. */
export const anyCase: fc.Arbitrary<RiskCase> = fc
  .tuple(fc.array(drawnName, { maxLength: 14, size: 'max' }), fc.array(unlessUnknown(within(-0.6, 1)), { minLength: 1, maxLength: 60, size: 'max' }), fc.record({ equity: within(1e3, 1e8), drawdown: within(0, 0.6) }), anySettings)
  .map(([names, correlations, book, settings]) => ({ ...toCase(names, correlations, book), settings }));
