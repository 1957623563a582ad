import type { CrossSectionFeature, FeatureInput, FeatureUnit, SeriesFeature } from '../feature.js';

/** Members with a value below which a session is not a cross-section: its statistics would speak of single companies. */
export const MIN_MEMBERS = 5;

/** How the value of a member is put beside those of the others. */
export interface Comparison {
  /** Before the name of the feature compared. */
  readonly prefix: string;
  /** Begins the sentence that ends in what is compared. */
  readonly describe: string;
  /** Of x, the values of one session. */
  readonly formula: string;
  readonly unit: FeatureUnit;
  readonly source: string;
  readonly inputs: readonly FeatureInput[];
  readonly transform: CrossSectionFeature['transform'];
}

/** A feature of single instruments seen from the other members; NaN at sessions where fewer than five members have a value. */
export function compared(base: SeriesFeature, { prefix, describe, formula, unit, source, inputs, transform }: Comparison): CrossSectionFeature {
  return {
    kind: 'cross-section',
    name: `${prefix}-${base.name}`,
    family: 'cross-section',
    of: base.name,
    describe: `${describe} among the members of the session: ${base.describe}`,
    formula: `${formula}, x = ${base.formula}`,
    unit,
    source,
    lookback: base.lookback,
    inputs: [...new Set([...base.inputs, ...inputs])],
    // levels that move with a split of one instrument move its place among the others
    ...(base.scale ? { scale: base.scale } : {}),
    transform: (values, groups) => (values.length < MIN_MEMBERS ? new Float64Array(values.length).fill(Number.NaN) : transform(values, groups)),
  };
}
