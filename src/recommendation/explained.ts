import type { Evidence } from '../strategy/evidence.js';
import type { Forecast } from '../strategy/view.js';
import { driversOf } from './drivers-of.js';
import { MemberRanks } from './member-ranks.js';
import { insightRemarks } from './network-remarks.js';
import type { Opinion } from './opinion.js';
import type { SessionFeatures } from './session-features.js';
import { someSamples } from './some-samples.js';

/** What moved a score. */
export type Explanation = Pick<Forecast, 'drivers' | 'rest'> & { readonly remarks: readonly Evidence[] };

export interface ExplainRequest {
  /** Those told of, by their place among all that count. */
  readonly places: readonly number[];
  readonly counted: readonly string[];
  readonly members: SessionFeatures['members'];
  /** Features named of each. */
  readonly drivers: number;
}

/** What moved the scores of some names, by their place; asking about a few names costs a network a part of asking about all. */
export async function explained({ trained, samples, seen, values }: Opinion, { places, counted, members, drivers }: ExplainRequest): Promise<ReadonlyMap<number, Explanation>> {
  if (drivers === 0 || places.length === 0) return new Map();
  const [own, asked] = [someSamples(samples, places), someSamples(seen, places)];
  const parts = await trained.explain(asked, { isNormalized: true });
  const insight = await trained.insight(asked, { isNormalized: true });
  const ranks = new MemberRanks({ values, members });
  return new Map(places.map((place, at) => [place, { ...driversOf(parts, own, { at, count: drivers, symbol: counted[place], values, ranks }), remarks: insight === null ? [] : insightRemarks(insight, at, values.symbols) }]));
}
