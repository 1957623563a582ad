import { mapConcurrent } from '../../core/async.js';
import type { IsoDate } from '../../core/dates.js';
import { describeError, ProviderError } from '../../core/errors.js';
import type { Batch, MarketDataProvider } from '../provider.js';

/** What a provider delivered of the chains of a session. */
export interface ChainSnapshot {
  readonly batches: readonly Batch[];
  /** Contracts by underlying, ascending. */
  readonly contracts: ReadonlyMap<string, number>;
  /** Asked for and answered with nothing. */
  readonly missing: readonly string[];
  /** Asked for in vain: another try may bring them. */
  readonly failed: readonly { readonly underlying: string; readonly reason: string }[];
}

export interface SnapshotRequest {
  readonly session: IsoDate;
  /** `null`: all that the provider has. */
  readonly underlyings: readonly string[] | null;
  /** Asks for each by itself, so that one that fails costs no other. */
  readonly oneByOne: boolean;
  readonly signal?: AbortSignal;
}

const AT_A_TIME = 4;
/** After so many failures in a row the provider is taken for down and asked no more. */
const MOST_FAILURES = 5;

/**
 * The chains of one session from a provider.
 * @throws the provider's error where it concerns every underlying, or where nothing came at all
 */
export async function takeSnapshot(provider: MarketDataProvider, { session, underlyings, oneByOne, signal }: SnapshotRequest): Promise<ChainSnapshot> {
  const fetchAll = async (symbols: readonly string[] | null, stop: AbortSignal | undefined): Promise<Batch[]> => {
    const batches: Batch[] = [];
    const request = { start: session, end: session, ...(symbols === null ? {} : { symbols }) };
    for await (const batch of provider.fetch('option_chains', request, stop ? { signal: stop } : {})) batches.push(batch);
    return batches;
  };
  const failed: { underlying: string; reason: string }[] = [];
  const batches = underlyings !== null && oneByOne ? await eachAlone(underlyings, fetchAll, failed, signal) : await fetchAll(underlyings, signal);
  const contracts = countContracts(batches);
  const lost = new Set(failed.map(({ underlying }) => underlying));
  return { batches, contracts, missing: (underlyings ?? []).filter((name) => !contracts.has(name) && !lost.has(name)), failed };
}

type Fetch = (symbols: readonly string[] | null, signal: AbortSignal | undefined) => Promise<Batch[]>;

async function eachAlone(underlyings: readonly string[], fetchAll: Fetch, failed: { underlying: string; reason: string }[], signal: AbortSignal | undefined): Promise<Batch[]> {
  let inRow = 0;
  let last: ProviderError | null = null;
  const lists = await mapConcurrent(underlyings, { concurrency: AT_A_TIME, signal }, async (underlying, stop) => {
    if (inRow >= MOST_FAILURES) {
      failed.push({ underlying, reason: `not asked for, as ${MOST_FAILURES} before failed` });
      return [];
    }
    try {
      const batches = await fetchAll([underlying], stop);
      inRow = 0;
      return batches;
    } catch (error) {
      if (!(error instanceof ProviderError) || error.fields['everywhere'] === true) throw error;
      if (error.fields['absent'] === true) return []; // there is no such underlying: nothing has failed
      inRow++;
      last = error;
      failed.push({ underlying, reason: describeError(error) });
      return [];
    }
  });
  const batches = lists.flat();
  if (batches.length === 0 && last !== null) throw last as ProviderError;
  failed.sort((a, b) => (a.underlying < b.underlying ? -1 : 1));
  return batches;
}

function countContracts(batches: readonly Batch[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { columns } of batches) for (const name of columns['underlying'] as readonly (string | null)[]) counts.set(name ?? '', (counts.get(name ?? '') ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
