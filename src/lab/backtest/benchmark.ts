import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import type { NamedReturns } from '../../report/backtest/report-input.js';
import type { MarketInputs } from '../../features/compute/market-inputs.js';

/**
 * What is held against a backtest on its sessions: an instrument, or the mean of those who were members at the close before, each held alike
 * and anew every session; before costs.
 *
 * @param own returns of an instrument where one is meant, [session] of the market
 * @param sessions of the run; its returns are one fewer
 * @throws DataError `NO_BENCHMARK_RETURN` for a session on which it has none
 */
export function benchmarkOf(market: MarketInputs, own: Float64Array | undefined, sessions: Int32Array, name: string): NamedReturns {
  const returns = new Float64Array(Math.max(0, sessions.length - 1));
  for (let t = 1; t < sessions.length; t++) {
    const session = fromEpochDay(sessions[t]);
    const at = market.bars.indexOf(session);
    returns[t - 1] = own === undefined ? meanOfMembers(market, at) : own[at];
    if (!Number.isFinite(returns[t - 1])) throw noReturn(name, session);
  }
  return { name: own === undefined ? 'members, equally weighted' : name, returns };
}

function meanOfMembers(market: MarketInputs, t: number): number {
  let [sum, count] = [0, 0];
  for (let row = 0; row < market.bars.symbols.length; row++) {
    if (!market.isMember(row, t - 1)) continue;
    const value = market.seenReturn(row, t);
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

const noReturn = (name: string, session: IsoDate): DataError => new DataError(`expected a return of the benchmark "${name}" on every session, found none on ${session}; name another with { benchmark }, or none with null`, { code: 'NO_BENCHMARK_RETURN', fields: { name, session } });
