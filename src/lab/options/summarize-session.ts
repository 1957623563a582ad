import type { IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { readChains } from '../../data/option-chains/read-chains.js';
import { Store } from '../../data/store/store.js';
import { cleanChain } from '../../options/chain/clean-chain.js';
import type { ExposureConvention } from '../../options/exposure/convention.js';
import { SUMMARY_COLUMN_NAMES, type SummaryColumn } from '../../options/summary/columns.js';
import { summarizeChain } from '../../options/summary/summarize-chain.js';
import { zeroCurve } from '../../options/surface/rate-curve.js';
import { valueChain } from '../../options/valuation/valued-chain.js';
import { closeHashes } from './close-hashes.js';
import type { CurvePoints } from './treasury-curves.js';

/** What the store must hold of a session for its figures to be those that were asked for. */
export interface SessionSource {
  /** Hash of the file of its chains. */
  readonly chains: string;
  /** Hash of what is stored of the underlyings; `null` without any. */
  readonly closes: string | null;
}

/** What is needed to sum up all chains of a session; can be sent to a worker. */
export interface SessionTask {
  readonly folder: string;
  readonly session: IsoDate;
  readonly source: SessionSource;
  readonly curve: CurvePoints;
  readonly convention: ExposureConvention;
}

/** One line an underlying, [underlying] each. */
export interface SessionSummaries {
  readonly underlyings: readonly string[];
  readonly columns: Readonly<Record<SummaryColumn, Float64Array>>;
}

/**
 * Figures of every underlying's chain of a session, from the store in a folder.
 * @throws DataError `OVERTAKEN`, retryable, where the store holds other chains or closes of the session by now than the task names
 */
export async function summarizeSession({ folder, session, source, curve, convention }: SessionTask): Promise<SessionSummaries> {
  const store = await Store.open(folder);
  const rates = zeroCurve(curve.years, curve.rates);
  const underlyings: string[] = [];
  const values = new Map<SummaryColumn, number[]>(SUMMARY_COLUMN_NAMES.map((name) => [name, []]));
  for await (const chain of readChains(store, { start: session, end: session })) {
    const summary = summarizeChain(valueChain(cleanChain(chain), { curve: rates }), convention);
    underlyings.push(chain.underlying);
    for (const [name, list] of values) list.push(summary[name]);
  }
  await requireSource(store, session, source); // once all is read: what came in meanwhile may have been read
  return { underlyings, columns: Object.fromEntries([...values].map(([name, list]) => [name, Float64Array.from(list)])) as Record<SummaryColumn, Float64Array> };
}

/** Whether an error says that the store changed under its reader. */
export const isOvertaken = (error: unknown): error is DataError => error instanceof DataError && error.code === 'OVERTAKEN';

async function requireSource(store: Store, session: IsoDate, { chains, closes }: SessionSource): Promise<void> {
  const found = (await store.entry('option_chains'))?.partitions.find(({ key }) => key === session)?.sha256 ?? null;
  const closesNow = (await closeHashes(store, session, session)).get(session) ?? null;
  if (found === chains && closesNow === closes) return;
  const what = found === chains ? 'closes' : 'chains';
  throw new DataError(`expected the ${what} of ${session} in the store "${store.folder}" to stay as they were until they were summed up, found others; sum them up again`, { code: 'OVERTAKEN', fields: { folder: store.folder, session }, retryable: true });
}
