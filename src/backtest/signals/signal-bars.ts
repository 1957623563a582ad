import { InvariantError } from '../../core/errors.js';
import { Panel, type ColumnValues } from '../../table/panel.js';
import type { Level, SignalRules } from './signal-rules.js';
import { NO_LEVELS, type ColumnBars, type ColumnLevels } from './walk-column.js';

/** Prices of one or several instruments without a panel about them, each [symbol, session], NaN: missing. */
export interface SignalBars {
  /** Instruments, 1 unless given. */
  readonly columns?: number;
  readonly open: ColumnValues;
  /** Needed for stops and targets only, as is `low`. */
  readonly high?: ColumnValues;
  readonly low?: ColumnValues;
  readonly close: ColumnValues;
}

/** The same, checked: all of one length. */
export interface WalkBars extends ColumnBars {
  readonly columns: number;
  readonly sessions: number;
}

/**
 * Prices of a panel (columns open and close, high and low where they are needed) or as they are given.
 * @throws InvariantError `BAD_BARS` when lengths differ, or high and low are needed and not there
 */
export function walkBars(bars: Panel | SignalBars, needsRange: boolean, where: string): WalkBars {
  const isPanel = bars instanceof Panel;
  const columns = isPanel ? bars.symbols.length : (bars.columns ?? 1);
  const given = (name: 'open' | 'high' | 'low' | 'close'): ColumnValues | undefined => (isPanel ? (bars.has(name) ? bars.column(name) : undefined) : bars[name]);
  const close = given('close');
  const sessions = isPanel ? bars.sessions.length : (close?.length ?? 0) / columns;
  if (!(Number.isInteger(columns) && columns >= 1 && Number.isInteger(sessions))) throw badBars(`expected whole sessions of at least one instrument, found ${close?.length ?? 0} closes of ${columns}`, where);
  const column = (name: 'open' | 'high' | 'low' | 'close', isNeeded: boolean): Float64Array => {
    const values = given(name);
    if (values === undefined && isNeeded) throw badBars(`expected a column "${name}"${name === 'open' || name === 'close' ? '' : ', which stops and targets need'}, found none`, where);
    return values === undefined ? new Float64Array(0) : checked(values, columns * sessions, `column "${name}"`, where);
  };
  return { columns, sessions, open: column('open', true), high: column('high', needsRange), low: column('low', needsRange), close: column('close', true) };
}

/** Whether rules look at the range of a session. */
export function needsRange({ stop, target, trailing }: SignalRules): boolean {
  return stop !== undefined || target !== undefined || trailing !== undefined;
}

/** Float64 values of the length that is expected. */
function checked(values: ColumnValues, length: number, what: string, where: string): Float64Array {
  if (values.length !== length) throw badBars(`expected ${length} values [symbol, session] in ${what}, found ${values.length}`, where);
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/** Levels that are columns, of all instruments. */
export function walkLevels({ stop, target, trailing }: SignalRules, length: number, where: string): ColumnLevels {
  const column = (level: Level | undefined, name: string): Float64Array | null => (level === undefined || typeof level === 'number' ? null : checked(level, length, `the levels "${name}"`, where));
  return { stop: column(stop, 'stop'), target: column(target, 'target'), trailing: column(trailing, 'trailing') };
}

/** The part of one instrument. */
export function columnBars(bars: WalkBars, column: number): ColumnBars {
  const of = (values: Float64Array): Float64Array => part(values, column, bars.sessions);
  return { open: of(bars.open), high: of(bars.high), low: of(bars.low), close: of(bars.close) };
}

/** The part of one instrument. */
export function columnLevels(levels: ColumnLevels, column: number, sessions: number): ColumnLevels {
  const { stop, target, trailing } = levels;
  if (stop === null && target === null && trailing === null) return NO_LEVELS;
  const of = (values: Float64Array | null): Float64Array | null => (values === null ? null : part(values, column, sessions));
  return { stop: of(stop), target: of(target), trailing: of(trailing) };
}

export function part<Values extends Float64Array | Uint8Array>(values: Values, column: number, sessions: number): Values {
  return values.subarray(column * sessions, (column + 1) * sessions) as Values;
}

export function badBars(message: string, where: string): InvariantError {
  return new InvariantError(`${message} in ${where}`, { code: 'BAD_BARS', fields: { where } });
}
