import { InvariantError } from '../../core/errors.js';
import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { computeFeatures } from '../../features/compute/compute-features.js';
import { realizedVolatility } from '../../features/volatility/realized-volatility.js';
import { Panel, type ColumnValues } from '../../table/panel.js';
import type { LabelMarket } from './label-market.js';
import type { Labels } from './labels.js';

/** What labels of every kind and horizon share. */
export interface LabelBase {
  readonly market: LabelMarket;
  /** 1 where an instrument counts: a member whose bar is there and not suspect, [symbol, session]. */
  readonly counts: Uint8Array;
  /** Annualized volatility of the past 63 sessions, known at the session, [symbol, session]. */
  readonly volatility: ColumnValues;
}

const PRICES = ['open', 'high', 'low', 'close'] as const;
const VOLATILITY = realizedVolatility(63);

/**
 * What the labels of a market share, whatever they say and however far they reach.
 * @throws InvariantError when the panel lacks a price column, or the memberships have another shape than the panel
 */
export function labelBase(market: LabelMarket): LabelBase {
  const { bars, member } = market;
  const missing = PRICES.filter((name) => !bars.has(name));
  if (missing.length > 0) throw new InvariantError(`expected the bar columns ${PRICES.join(', ')}, found ${bars.columnNames.join(', ')} in a panel for labels`);
  const size = bars.symbols.length * bars.sessions.length;
  if (member.length !== size) throw new InvariantError(`expected ${size} memberships [${bars.symbols.length} symbols, ${bars.sessions.length} sessions], found ${member.length} for labels`);
  return { market, counts: countingMembers(market), volatility: pastVolatility(bars) };
}

/** Standard deviation of a return over `horizon` sessions as expected from the past 63, [symbol, session]. */
export function expectedDeviation({ volatility }: LabelBase, horizon: number): Float64Array {
  const unit = Math.sqrt(horizon / SESSIONS_PER_YEAR);
  const result = new Float64Array(volatility.length);
  for (let at = 0; at < result.length; at++) result[at] = volatility[at] * unit;
  return result;
}

/** Labels over one horizon, [symbol, session]. */
export interface LabelColumns {
  readonly describe: string;
  readonly kind: NonNullable<Labels['kind']>;
  readonly label: Float64Array;
  readonly return: Float64Array;
}

/** Labels of one kind over a horizon and, when asked, over others; the past is looked at once. */
export function labelsFrom(base: LabelBase, horizon: number, columnsOf: (base: LabelBase, horizon: number) => LabelColumns): Labels {
  requireHorizon(horizon);
  const { describe, kind, ...columns } = columnsOf(base, horizon);
  const { symbols, sessions } = base.market.bars;
  return {
    describe,
    kind,
    market: base.market,
    horizon,
    span: horizon + 1,
    panel: new Panel({ symbols, sessions, columns: { ...columns, scale: expectedDeviation(base, horizon) } }),
    counts: base.counts,
    at: (other) => labelsFrom(base, other, columnsOf),
  };
}

function requireHorizon(horizon: number): void {
  if (!(Number.isInteger(horizon) && horizon >= 1)) throw new InvariantError(`expected a horizon of whole sessions, at least one, found ${horizon} for labels`, { code: 'BAD_HORIZON', fields: { horizon } });
}

/** Breaks of the series up to each session, [symbol, session]; `null` where the bars have no such marks. */
export function segments({ bars }: LabelMarket): ColumnValues | null {
  return bars.has('segment') ? bars.column('segment') : null;
}

function countingMembers({ bars, member }: LabelMarket): Uint8Array {
  const close = bars.column('close');
  const suspect = bars.has('suspect') ? bars.column('suspect') : null;
  const counts = new Uint8Array(member.length);
  for (let at = 0; at < counts.length; at++) counts[at] = Number(member[at] === 1 && close[at] > 0 && suspect?.[at] !== 1);
  return counts;
}

/** The feature itself, so that what scales labels is what models and forecasts read. */
function pastVolatility(bars: Panel): ColumnValues {
  const names = [...PRICES, ...['segment', 'suspect'].filter((name) => bars.has(name))];
  const volume = new Float64Array(bars.symbols.length * bars.sessions.length).fill(Number.NaN); // inputs of features have one; this feature reads none
  return computeFeatures({ bars: bars.columns(names).with({ volume }) }, [VOLATILITY], { known: [VOLATILITY] }).column(VOLATILITY.name);
}
