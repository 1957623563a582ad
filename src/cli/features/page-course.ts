import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import type { Universe } from '../../data/universe.js';
import type { Feature, FeatureUnit } from '../../features/feature.js';
import { mean, quantile } from '../../math/stats.js';
import type { Panel } from '../../table/panel.js';

/** Shares of the members below the lower and the upper edge of the band. */
const BAND = [0.1, 0.9] as const;

export interface FeatureCourse {
  readonly sessions: IsoDate[];
  /** [session] */
  readonly quantiles: { readonly low: Float64Array; readonly median: Float64Array; readonly high: Float64Array };
  /** Share with yes of the members with a value, [session]; of flags only. */
  readonly yes?: Float64Array;
  /** Share of the members of the universe that have a value, those without bars counted; [session] */
  readonly coverage: Float64Array;
}

/** Sessions drawn: fewer of flags, whose steps would run into each other. */
export function sessionsDrawn(unit: FeatureUnit): number {
  return unit === 'flag' ? 126 : 504;
}

/** How the members of each session stood: median, band, and how many have a value. */
export function featureCourse(values: Panel, { name, unit, kind }: Feature, universe: Universe, from: number): FeatureCourse {
  const column = values.column(name);
  const width = values.sessions.length;
  const sessions = Array.from(values.sessions.subarray(from), (day) => fromEpochDay(day));
  const make = (): Float64Array => new Float64Array(sessions.length).fill(Number.NaN);
  const [low, median, high, coverage, yes] = [make(), make(), make(), make(), make()];
  sessions.forEach((session, i) => {
    const members = universe.membersAt(session);
    const own = members.filter((symbol) => values.hasSymbol(symbol)).map((symbol) => column[values.row(symbol) * width + from + i]);
    const present = Float64Array.from(own.filter((value) => !Number.isNaN(value))).sort();
    if (members.length > 0) coverage[i] = present.length / members.length;
    if (present.length === 0) return;
    yes[i] = mean(present);
    [low[i], median[i], high[i]] = [quantile(present, BAND[0]), quantile(present, 0.5), quantile(present, BAND[1])];
  });
  return { sessions, quantiles: { low, median, high }, ...(unit === 'flag' && kind !== 'market' ? { yes } : {}), coverage };
}
