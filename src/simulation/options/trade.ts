import type { Rng } from '../../core/rng.js';
import type { ListedContracts } from './listed-contracts.js';

/** Columns of a chain that trading fills, each [contract]. */
export interface TradedColumns {
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
}

export interface ExpiryDay {
  /** Where the contracts of the expiry start in the columns. */
  readonly from: number;
  /** How far out of the money each contract is in standard deviations to expiry, below 0 in the money; of all columns. */
  readonly depth: Float64Array;
  /** Contracts traded, on average whole: of calls and of puts. */
  readonly callVolume: number;
  readonly putVolume: number;
}

/** Deviation of the logarithm of a contract's volume around what its moneyness lets expect. */
const SPREAD = 0.9;
/** Most is traded a little out of the money; how fast it falls off from there, further out and into the money. */
const [CENTRE, OUTWARD, INWARD] = [0.3, 1.1, 0.6];
/** Sessions of volume that open interest tends to, and how much of a trade pulls it there, at most. */
const [OPEN_SESSIONS, PULL] = [20, 0.4];

/**
 * Trades one expiry for one session: writes volume, last price and the open interest settled before, and settles the new one.
 *
 * What is opened or closed is at most what is traded: |open interest of the next session − that of this one| ≤ volume of this one.
 */
export function trade(contracts: ListedContracts, { from, depth, callVolume, putVolume }: ExpiryDay, columns: TradedColumns, rng: Rng): void {
  const { openInterest, last } = contracts;
  const usual = Float64Array.from(openInterest, (_, i) => popularity(depth[from + i]));
  const own = usual.map((weight) => weight * Math.exp(SPREAD * rng.normal()));
  const totals = [callVolume, putVolume];
  const [ownSums, usualSums] = [sumsByRight(own), sumsByRight(usual)];
  for (let i = 0; i < own.length; i++) {
    const [row, right] = [from + i, i & 1];
    const [fraction, place, settled] = [rng.float(), rng.float(), rng.float()];
    const volume = ownSums[right] > 0 ? Math.floor((totals[right] * own[i]) / ownSums[right] + fraction) : 0;
    const tends = usualSums[right] > 0 ? (OPEN_SESSIONS * totals[right] * usual[i]) / usualSums[right] : 0;
    const open = openInterest[i];
    if (volume > 0) last[i] = Math.max(0.01, Math.round(100 * (columns.bid[row] + place * (columns.ask[row] - columns.bid[row]))) / 100);
    columns.volume[row] = volume;
    columns.openInterest[row] = open;
    columns.last[row] = last[i];
    const pull = tends + open > 0 ? (tends - open) / (tends + open) : 0;
    openInterest[i] = Math.max(0, open + Math.trunc(volume * (PULL * pull + (1 - PULL) * (2 * settled - 1))));
  }
}

function popularity(depth: number): number {
  const off = depth - CENTRE;
  return Math.exp(-0.5 * (off / (off > 0 ? OUTWARD : INWARD)) ** 2);
}

/** Of calls, of puts. */
function sumsByRight(values: Float64Array): [number, number] {
  let [calls, puts] = [0, 0];
  for (let i = 0; i < values.length; i += 2) {
    calls += values[i];
    puts += values[i + 1];
  }
  return [calls, puts];
}
