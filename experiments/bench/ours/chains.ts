import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { importFrom, openFiles, options, readChains, Store, systemClock, VERSION } from 'swinglab';
import type { Case, Settings } from '../case.js';

/** Sums over all names and sessions. */
type Sums = Record<'chains' | 'callVolume' | 'putVolume' | 'callOpen' | 'putOpen' | 'callGamma' | 'putGamma' | 'maxPain' | 'callWall' | 'putWall', number>;

const CONVENTION = options.USUAL_CONVENTION;

/** 46 sessions of the chains of 125 names, by the product's store and functions, to volume, open interest, gamma exposure, walls and max pain. The store is filled once. */
export async function prepare({ threads, data }: Settings): Promise<Case<Sums>> {
  const store = await filledStore(join(data, 'options'));
  return {
    version: `swinglab ${VERSION}`,
    async run() {
      const sums: Sums = { chains: 0, callVolume: 0, putVolume: 0, callOpen: 0, putOpen: 0, callGamma: 0, putGamma: 0, maxPain: 0, callWall: 0, putWall: 0 };
      for await (const chain of readChains(store, { threads, reuse: true, columns: ['strike', 'volume', 'openInterest', 'impliedVolatility'] })) addChain(sums, chain);
      return sums;
    },
    check: (sums) => sums,
  };
}

function addChain(sums: Sums, chain: options.OptionChain): void {
  const { expiry, strike, isCall, openInterest, volume, impliedVolatility, session, spot } = chain;
  const count = expiry.length;
  const years = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    years[i] = i > 0 && expiry[i] === expiry[i - 1] ? years[i - 1] : (expiry[i] - session) / 365;
    if (isCall[i] === 1) sums.callVolume += volume[i];
    else sums.putVolume += volume[i];
  }
  const grid = options.strikeGrid({ count, strike });
  const open = options.sumByStrike(grid, isCall, openInterest);
  // without a price of the underlying there is no exposure, as in the statement of the peer
  const gamma = options.sumByStrike(grid, isCall, options.gammaAtSpot({ count, strike, years, openInterest, isCall }, impliedVolatility, spot, CONVENTION));
  const walls = options.gammaWalls(gamma);
  sums.chains++;
  sums.callOpen += sum(open.call);
  sums.putOpen += sum(open.put);
  sums.callGamma += sum(gamma.call);
  sums.putGamma += sum(gamma.put);
  sums.maxPain += options.maxPain(open)?.strike ?? 0;
  sums.callWall += walls.callWall || 0;
  sums.putWall += walls.putWall || 0;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/** The files in a store of the machine's temporary folder, kept while they stay the same. */
async function filledStore(folder: string): Promise<Store> {
  const names = (await readdir(folder)).filter((name) => /^(chains_.*|underlying_day)\.parquet$/.test(name)).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  const place = join(tmpdir(), `swinglab-bench-chains-${sizes.reduce((total, size) => total + size, 0)}`);
  const isFilled = existsSync(place);
  const store = await Store.open(place);
  if (!isFilled) await importFrom(await openFiles(names.map((name) => ({ path: join(folder, name) }))), store, { clock: systemClock });
  return store;
}
