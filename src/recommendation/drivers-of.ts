import type { Samples } from '../dataset/samples.js';
import type { Contributions } from '../models/forecaster.js';
import type { Driver } from '../strategy/view.js';
import type { Panel } from '../table/panel.js';
import type { MemberRanks } from './member-ranks.js';

export interface DriverRequest {
  readonly at: number;
  readonly count: number;
  readonly symbol: string;
  /** The last session of the panel is the one meant. */
  readonly values: Panel;
  readonly ranks: MemberRanks;
}

/** The features that moved a score most, and what all others and the base add: together the score. */
export function driversOf({ features, values, base }: Contributions, samples: Samples, { at, count, symbol, values: told, ranks }: DriverRequest): { drivers: Driver[]; rest: number } {
  const part = (feature: number): number => values[feature * samples.length + at];
  const largest = largestParts(features.length, part, count);
  let moved = 0;
  for (let feature = 0; feature < features.length; feature++) moved += Math.abs(part(feature));
  const drivers = largest.map((feature): Driver => {
    const name = features[feature];
    const value = told.series(name, symbol).at(-1)!;
    return { feature: name, value: Number.isNaN(value) ? null : value, rank: ranks.shareBelow(name, value), contribution: part(feature), share: moved > 0 ? Math.abs(part(feature)) / moved : 0 };
  });
  let rest = base[at];
  for (let feature = 0; feature < features.length; feature++) if (!largest.includes(feature)) rest += part(feature);
  return { drivers, rest };
}

/** The features whose parts are largest, largest first, equals in their order; parts of 0 are none. */
function largestParts(features: number, part: (feature: number) => number, count: number): number[] {
  const largest: number[] = [];
  for (let feature = 0; feature < features; feature++) {
    const size = Math.abs(part(feature));
    if (size === 0 || (largest.length === count && size <= Math.abs(part(largest[count - 1])))) continue;
    let place = largest.length;
    while (place > 0 && Math.abs(part(largest[place - 1])) < size) place--;
    largest.splice(place, 0, feature);
    if (largest.length > count) largest.pop();
  }
  return largest;
}
