import type { IsoDate } from '../../core/dates.js';
import { readChains } from '../../data/option-chains/read-chains.js';
import { Store } from '../../data/store/store.js';
import { cleanChain } from '../../options/chain/clean-chain.js';
import type { ExposureConvention } from '../../options/exposure/convention.js';
import { SUMMARY_COLUMN_NAMES, type SummaryColumn } from '../../options/summary/columns.js';
import { summarizeChain } from '../../options/summary/summarize-chain.js';
import { zeroCurve } from '../../options/surface/rate-curve.js';
import { valueChain } from '../../options/valuation/valued-chain.js';
import type { CurvePoints } from './treasury-curves.js';

/** What is needed to sum up all chains of a session; can be sent to a worker. */
export interface SessionTask {
  readonly folder: string;
  readonly session: IsoDate;
  readonly curve: CurvePoints;
  readonly convention: ExposureConvention;
}

/** One line an underlying, [underlying] each. */
export interface SessionSummaries {
  readonly underlyings: readonly string[];
  readonly columns: Readonly<Record<SummaryColumn, Float64Array>>;
}

/** Figures of every underlying's chain of a session, from the store in a folder. */
export async function summarizeSession({ folder, session, curve, convention }: SessionTask): Promise<SessionSummaries> {
  const store = await Store.open(folder);
  const rates = zeroCurve(curve.years, curve.rates);
  const underlyings: string[] = [];
  const values = new Map<SummaryColumn, number[]>(SUMMARY_COLUMN_NAMES.map((name) => [name, []]));
  for await (const chain of readChains(store, { start: session, end: session })) {
    const summary = summarizeChain(valueChain(cleanChain(chain), { curve: rates }), convention);
    underlyings.push(chain.underlying);
    for (const [name, list] of values) list.push(summary[name]);
  }
  return { underlyings, columns: Object.fromEntries([...values].map(([name, list]) => [name, Float64Array.from(list)])) as Record<SummaryColumn, Float64Array> };
}
