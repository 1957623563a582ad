import type { Panel } from '../../table/panel.js';
import type { Vintages } from '../../table/vintages.js';
import type { FeatureInputs } from './feature-inputs.js';
import type { MarketInputs } from './market-inputs.js';

const NOTHING: ReadonlyMap<string, Vintages> = new Map();

/** Some instruments and all that their features read; can be sent to a worker. */
export interface RowsTask {
  readonly symbols: readonly string[];
  readonly sessions: Int32Array;
  /** Each [symbol, session]. */
  readonly columns: Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume' | 'dollarVolume' | 'vwap', Float64Array>>;
  /** [symbol, session]; `null` when the panel has no such marks. */
  readonly segment: Float64Array | null;
  readonly suspect: Float64Array | null;
  /** Figures of option chains by name, each [symbol, session]; `null` when there are none. */
  readonly options: Readonly<Record<string, Float64Array>> | null;
  /** [session] */
  readonly indexReturn: Float64Array;
  /** [session] by sector code. */
  readonly sectorReturns: readonly Float64Array[];
  /** [symbol], −1 unknown. */
  readonly sectorOf: Int32Array;
  readonly macro: ReadonlyMap<string, Vintages>;
  /** By symbol. */
  readonly fundamentals: readonly ReadonlyMap<string, Vintages>[];
  readonly earnings: readonly ReadonlyMap<string, Vintages>[];
  /** Position of each symbol's first bar, [symbol]: negative when it lies before the sessions, their number when there is none. */
  readonly firstBar: Int32Array;
  /** First session (position) that is wanted; earlier ones only serve as history. */
  readonly from: number;
}

/** The task of the rows of the inputs (all symbols of the market, or some of them) from `start` up to, not including, `end`; its columns are views on those of the panel; `firstBar` of all rows. */
export function rowsTask(inputs: FeatureInputs, market: MarketInputs, { start, end, from, firstBar }: { start: number; end: number; from: number; firstBar: Int32Array }): RowsTask {
  const { bars } = inputs;
  const width = bars.sessions.length;
  const column = (name: string): Float64Array => bars.column(name).subarray(start * width, end * width) as Float64Array;
  const optional = (name: string): Float64Array | null => (bars.has(name) ? column(name) : null);
  const symbols = bars.symbols.slice(start, end);
  const [close, volume] = [column('close'), column('volume')];
  return {
    symbols,
    sessions: bars.sessions,
    columns: { open: column('open'), high: column('high'), low: column('low'), close, volume, dollarVolume: optional('tradedValue') ?? close.map((price, i) => price * volume[i]), vwap: optional('vwap') ?? new Float64Array(close.length).fill(Number.NaN) },
    segment: optional('segment'),
    suspect: optional('suspect'),
    options: inputs.options === undefined ? null : Object.fromEntries(inputs.options.columnNames.map((name) => [name, (inputs.options as Panel).column(name).subarray(start * width, end * width) as Float64Array])),
    indexReturn: market.indexReturn,
    sectorReturns: market.sectorReturns,
    sectorOf: Int32Array.from(symbols, (symbol) => market.sectorOf[market.bars.row(symbol)]),
    macro: inputs.macro ?? NOTHING,
    fundamentals: symbols.map((symbol) => inputs.fundamentals?.get(symbol) ?? NOTHING),
    earnings: symbols.map((symbol) => inputs.earnings?.get(symbol) ?? NOTHING),
    firstBar: firstBar.subarray(start, end),
    from,
  };
}
