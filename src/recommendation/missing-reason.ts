import type { Feature, FeatureInput } from '../features/feature.js';

/**
 * What a missing value can come from, by kind, inputs and lookback of the feature; of members with a bar on the session.
 *
 * @param all whether no member has a value: then the market lacks something, not a member
 */
export function missingReason(feature: Feature, all: boolean): string {
  if (feature.kind === 'cross-section') return joined([`no value of ${feature.of} to compare`, feature.inputs.includes('sector') ? 'too few members of its sector with one, or no known sector' : 'too few members with one']);
  if (feature.kind === 'market' && !all) return SUSPECT;
  return joined([...causes(feature), SUSPECT, ...undefinedFormula(feature)]);
}

const SUSPECT = 'the bar is suspect';

function causes({ kind, inputs, lookback }: Feature): string[] {
  const reads = new Set<string>(inputs.map(kindOf));
  const ofBars = reads.has('bars') || reads.has('volume') || reads.has('vwap') || reads.has('index');
  return [
    ...(reads.has('fundamentals') ? ['no such quarters filed by then, or older than their limit'] : []),
    ...(reads.has('earnings') ? ['no report known by then with the figures needed, or the last too old'] : []),
    ...(reads.has('macro') ? [lookback > 0 ? `an observation missing or too old on the session or in the ${lookback} before` : 'the last observation too old'] : []),
    ...(ofBars && lookback > 0 ? [`fewer than ${lookback} clean sessions of history`] : []),
    ...(reads.has('volume') ? ['volume missing'] : []),
    ...(reads.has('vwap') ? ['volume-weighted price missing'] : []),
    ...(reads.has('index') && kind === 'series' ? ['returns of the benchmark missing'] : []),
    ...(reads.has('sector') && kind === 'series' ? ['too few companies of the sector, or no known sector'] : []),
    ...(reads.has('members') ? ['too few members to take together'] : []),
  ];
}

/** Quotients of quarters and of ranges have no value everywhere: growth from a loss, the place of the close in a range of zero. */
function undefinedFormula({ kind, inputs }: Feature): string[] {
  const reads = inputs.map(kindOf);
  return kind === 'series' && (reads.includes('bars') || reads.includes('volume') || reads.includes('fundamentals')) ? ['the formula has no value there'] : [];
}

const kindOf = (input: FeatureInput): string => input.split(':', 1)[0];

const joined = (causes: readonly string[]): string => causes.join(', or ');
