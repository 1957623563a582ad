import type { Store } from '../../../src/data/store/store.js';
import { readChains, type ChainsRequest } from '../../../src/data/option-chains/read-chains.js';
import type { StoredChain } from '../../../src/data/option-chains/chain-rows.js';
import { fromEpochDay } from '../../../src/core/dates.js';
import type { Row } from '../store/rows.js';

/** A contract as a row of the dataset; everything that may be missing is, unless said. */
export function contract(underlying: string, session: string, strike: number, more: Row = {}): Row {
  return { underlying, session, expiry: '2018-01-19', strike, right: 'call', ...more };
}

export async function chainsOf(store: Store, request: ChainsRequest = {}): Promise<StoredChain[]> {
  const all: StoredChain[] = [];
  for await (const chain of readChains(store, request)) all.push(chain);
  return all;
}

/** Underlying and session of a chain, and its strikes. */
export function shown(chain: StoredChain): string {
  return `${chain.underlying} ${fromEpochDay(chain.session)} ${[...chain.strike].join(' ')}`;
}
