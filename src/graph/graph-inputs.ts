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
  /** 1 where the next return tells whether a return is to be believed: until then it does not count. [symbol, session] */
  readonly suspect?: Uint8Array;
  /** 1 where there is a bar, [symbol, session]; only tells why a member is left out. */
  readonly priced?: Uint8Array;
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
 * No return spans a missing session or a break of the series (`segment`). One that ends at a `suspect` bar counts from the
 * next bar on: if that bar takes it back, or makes it a break, the quality rules have removed it by then.
 */
export function graphInputs(bars: Panel, options: GraphInputOptions = {}): GraphInputs {
  const suspect = bars.has('suspect') ? { suspect: Uint8Array.from(bars.column('suspect')) } : {};
  const priced = Uint8Array.from(bars.column('close'), (close) => Number(close > 0));
  return { symbols: bars.symbols, sessions: bars.sessions, returns: closeReturns(bars), priced, ...suspect, ...options };
}

function closeReturns(bars: Panel): Float64Array {
  const width = bars.sessions.length;
  const close = bars.column('close');
  const segment = bars.has('segment') ? bars.column('segment') : null;
  const returns = new Float64Array(close.length).fill(Number.NaN);
  for (let at = 0; at < close.length; at++) {
    if (at % width === 0 || !(close[at] > 0 && close[at - 1] > 0)) continue;
    if (segment && segment[at] !== segment[at - 1]) continue;
    const value = close[at] / close[at - 1] - 1;
    if (Number.isFinite(value)) returns[at] = value;
  }
  return returns;
}

/** @throws InvariantError when a table has another shape than symbols and sessions say */
export function requireGraphInputs({ symbols, sessions, returns, member, suspect, priced }: GraphInputs): void {
  const size = symbols.length * sessions.length;
  const shape = `[${symbols.length} symbols, ${sessions.length} sessions]`;
  if (returns.length !== size) throw new InvariantError(`expected ${size} returns ${shape}, found ${returns.length} in the inputs of a graph`);
  if (suspect && suspect.length !== size) throw new InvariantError(`expected ${size} marks ${shape}, found ${suspect.length} in the inputs of a graph`);
  if (priced && priced.length !== size) throw new InvariantError(`expected ${size} marks of bars ${shape}, found ${priced.length} in the inputs of a graph`);
  if (member && member.length !== size) throw new InvariantError(`expected ${size} memberships ${shape}, found ${member.length} in the inputs of a graph`);
}
