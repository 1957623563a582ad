import { InvariantError } from '../core/errors.js';
import type { Panel } from '../table/panel.js';

/** What graphs are built from. */
export interface GraphInputs {
  readonly symbols: readonly string[];
  /** Epoch days, every session of the span. */
  readonly sessions: Int32Array;
  /** Simple returns from the session before, NaN where there is none; known at the close of their session. [symbol, session] */
  readonly returns: Float64Array;
  /** 1 where a symbol was a member of the universe, [symbol, session]; everyone always when absent. */
  readonly member?: Uint8Array;
  /** Sector by symbol; last known, not point in time. */
  readonly sectors?: ReadonlyMap<string, string>;
}

export interface GraphInputOptions {
  /** 1 where a symbol was a member of the universe, [symbol, session]; everyone always when absent. */
  readonly member?: Uint8Array;
  readonly sectors?: ReadonlyMap<string, string>;
}

/**
 * Inputs made of checked bars: simple returns of close, from one session to the next.
 *
 * No return spans a missing session or a break of the series (`segment`), none ends at a bar that is still `suspect`.
 */
export function graphInputs(bars: Panel, options: GraphInputOptions = {}): GraphInputs {
  return { symbols: bars.symbols, sessions: bars.sessions, returns: closeReturns(bars), ...options };
}

function closeReturns(bars: Panel): Float64Array {
  const width = bars.sessions.length;
  const close = bars.column('close');
  const segment = bars.has('segment') ? bars.column('segment') : null;
  const suspect = bars.has('suspect') ? bars.column('suspect') : null;
  const returns = new Float64Array(close.length).fill(Number.NaN);
  for (let at = 0; at < close.length; at++) {
    if (at % width === 0 || !(close[at] > 0 && close[at - 1] > 0)) continue;
    if (suspect?.[at] === 1 || (segment && segment[at] !== segment[at - 1])) continue;
    const value = close[at] / close[at - 1] - 1;
    if (Number.isFinite(value)) returns[at] = value;
  }
  return returns;
}

/** @throws InvariantError when a table has another shape than symbols and sessions say */
export function requireGraphInputs({ symbols, sessions, returns, member }: GraphInputs): void {
  const size = symbols.length * sessions.length;
  const shape = `[${symbols.length} symbols, ${sessions.length} sessions]`;
  if (returns.length !== size) throw new InvariantError(`expected ${size} returns ${shape}, found ${returns.length} in the inputs of a graph`);
  if (member && member.length !== size) throw new InvariantError(`expected ${size} memberships ${shape}, found ${member.length} in the inputs of a graph`);
}
