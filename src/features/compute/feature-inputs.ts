import { InvariantError } from '../../core/errors.js';
import type { Panel } from '../../table/panel.js';
import type { Vintages } from '../../table/vintages.js';

/** What features are computed from; everything but the bars may be absent and then leaves NaN behind. */
export interface FeatureInputs {
  /**
   * open, high, low, close, volume [symbol, session], every session of the span; where known tradedValue (quote currency),
   * vwap, `segment` (breaks of the series), `suspect` (1: bars whose fate the next session decides) and there `suspectReturn`.
   */
  readonly bars: Panel;
  /** 1 where a symbol was a member of the universe, [symbol, session]; everyone always when absent. */
  readonly member?: Uint8Array;
  /** Sector by symbol; last known, not point in time. */
  readonly sectors?: ReadonlyMap<string, string>;
  /** Simple returns of the benchmark on the sessions of the bars, NaN where unknown; when absent, the equally weighted mean of the members. */
  readonly benchmarkReturn?: Float64Array;
  /** Figures of option chains (`SUMMARY_COLUMNS`, as far as known) [symbol, session], of the same symbols and sessions as the bars. */
  readonly options?: Panel;
  /** Macro series by id. */
  readonly macro?: ReadonlyMap<string, Vintages>;
  /** Single quarters by symbol and concept, as filed. */
  readonly fundamentals?: ReadonlyMap<string, ReadonlyMap<string, Vintages>>;
  /** Earnings reports by symbol and field, as published; `period` is the day of the report. */
  readonly earnings?: ReadonlyMap<string, ReadonlyMap<string, Vintages>>;
}

const REQUIRED = ['open', 'high', 'low', 'close', 'volume'] as const;

/** @throws InvariantError when the panel lacks a bar column, or a table has another shape than the panel */
export function requireFeatureInputs({ bars, member, benchmarkReturn, options }: FeatureInputs): void {
  const missing = REQUIRED.filter((name) => !bars.has(name));
  if (missing.length > 0) throw new InvariantError(`expected the bar columns ${REQUIRED.join(', ')}, found ${bars.columnNames.join(', ')} in a panel for features`);
  const size = bars.symbols.length * bars.sessions.length;
  if (member && member.length !== size) throw new InvariantError(`expected ${size} memberships [${bars.symbols.length} symbols, ${bars.sessions.length} sessions], found ${member.length}`);
  const isOf = (of: Panel): boolean => of.symbols.length === bars.symbols.length && of.symbols.every((symbol, row) => symbol === bars.symbols[row]) && of.sessions.length === bars.sessions.length && of.sessions.every((day, t) => day === bars.sessions[t]);
  if (options && !isOf(options)) throw new InvariantError(`expected figures of options of the same ${bars.symbols.length} symbols and ${bars.sessions.length} sessions as the bars, found ${options.symbols.length} and ${options.sessions.length}, or others`);
  if (benchmarkReturn && benchmarkReturn.length !== bars.sessions.length) throw new InvariantError(`expected ${bars.sessions.length} returns of the benchmark, found ${benchmarkReturn.length}`);
}
