import { FEATURE_FAMILIES, type FeatureFamily } from '../features/feature.js';
import type { Panel } from '../table/panel.js';
import type { MemberRanks } from './member-ranks.js';
import { missingReason } from './missing-reason.js';
import type { FeatureSummary, FeatureValue } from './recommendation.js';
import type { SessionFeatures } from './session-features.js';

/** How many values there are and which are missing, and why. */
export function summarizeFeatures({ features, values, members, absent }: SessionFeatures): FeatureSummary {
  const lacking = new Set(absent.map(({ feature }) => feature));
  const rows = members.map((symbol) => values.row(symbol));
  const counted = features.map((feature) => ({ feature, name: feature.name, family: feature.family, missing: missingOf(values, feature.name, rows) }));
  const families = FEATURE_FAMILIES.flatMap((family: FeatureFamily) => {
    const own = counted.filter((one) => one.family === family);
    return own.length === 0 ? [] : [{ family, features: own.length, missing: own.reduce((sum, { missing }) => sum + missing, 0) }];
  });
  const missing = counted.filter((one) => one.missing > 0 && !lacking.has(one.name)).map(({ feature, name, missing: count }) => ({ feature: name, missing: count, reason: missingReason(feature, count === members.length) }));
  return { computed: features.length, members: members.length, families, absent: byInput(absent), missing: missing.sort((a, b) => b.missing - a.missing || (a.feature < b.feature ? -1 : 1)) };
}

/** A feature that lacks several inputs stands under each of them. */
function byInput(absent: SessionFeatures['absent']): FeatureSummary['absent'] {
  const inputs = [...new Set(absent.flatMap((one) => one.inputs))];
  const grouped = inputs.map((input) => ({ input, features: absent.filter((one) => one.inputs.includes(input)).map(({ feature }) => feature) }));
  return grouped.sort((a, b) => b.features.length - a.features.length || (a.input < b.input ? -1 : 1));
}

/** The value of some features for one instrument, each with its place among the members; those with inputs of which nothing was known are left out. */
export function featureValuesOf(symbol: string, names: readonly string[], { features, values, absent }: SessionFeatures, ranks: MemberRanks): FeatureValue[] {
  return features
    .filter(({ name }) => names.includes(name) && !absent.some(({ feature }) => feature === name))
    .sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
    .map(({ name, describe, unit }) => {
      const value = values.hasSymbol(symbol) ? lastValue(values, name, symbol) : Number.NaN;
      return { name, describe, unit, value: Number.isNaN(value) ? null : value, rank: ranks.shareBelow(name, value) };
    });
}

/** How many of some rows lack a value on the last session. */
function missingOf(values: Panel, name: string, rows: readonly number[]): number {
  const [column, width] = [values.column(name), values.sessions.length];
  let missing = 0;
  for (const row of rows) if (Number.isNaN(column[row * width + width - 1])) missing++;
  return missing;
}

function lastValue(values: Panel, name: string, symbol: string): number {
  const series = values.series(name, symbol);
  return series[series.length - 1];
}
