import type { Feature, FeatureInput } from '../features/feature.js';

/**
 * What a missing value can come from, by kind, inputs and lookback of the feature; of members with a bar on the session.
 *
 * @param all whether no member has a value: then the market lacks something, not a member
 */
export function missingReason(feature: Feature, all: boolean): string {
  if (feature.kind === 'cross-section') return joined([`no value of ${feature.of} to compare`, feature.inputs.includes('sector') ? 'too few members of its sector (if known) with one' : 'too few members with one']);
  if (feature.kind === 'market' && !all) return SUSPECT;
  return joined([...causes(feature), SUSPECT, ...undefinedFormula(feature)]);
}

const SUSPECT = 'a suspect bar';

function causes({ kind, inputs, lookback }: Feature): string[] {
  const reads = new Set<string>(inputs.map(kindOf));
  const ofBars = reads.has('bars') || reads.has('volume') || reads.has('vwap') || reads.has('index');
  return [
    ...(reads.has('options') ? ['no option chain of the session, or one that does not tell', 'too few sessions with chains'] : []),
    ...(reads.has('fundamentals') ? ['no such quarters filed by then', 'quarters older than their limit'] : []),
    ...(reads.has('earnings') ? ['no report with the figures known by then', 'a last report that is too old'] : []),
    ...(reads.has('macro') ? [lookback > 0 ? `an observation missing or too old on the session or in the ${lookback} before` : 'a last observation that is too old'] : []),
    ...(ofBars && lookback > 0 ? [`fewer than ${lookback} clean sessions of history`] : []),
    ...(reads.has('volume') ? ['missing volume'] : []),
    ...(reads.has('vwap') ? ['a missing volume-weighted price'] : []),
    ...(reads.has('index') && kind === 'series' ? ['missing returns of the benchmark'] : []),
    ...(reads.has('sector') && kind === 'series' ? ['too few companies of its sector (if known)'] : []),
    ...(reads.has('members') ? ['too few members to take together'] : []),
  ];
}

/** Quotients of quarters and of ranges have no value everywhere: growth from a loss, the place of the close in a range of zero. */
function undefinedFormula({ kind, inputs }: Feature): string[] {
  const reads = inputs.map(kindOf);
  return kind === 'series' && (reads.includes('bars') || reads.includes('volume') || reads.includes('fundamentals')) ? ['a formula without a value'] : [];
}

const kindOf = (input: FeatureInput): string => input.split(':', 1)[0];

function joined(causes: readonly string[]): string {
  return causes.length < 3 ? causes.join(' or ') : `${causes.slice(0, -1).join(', ')}, or ${causes.at(-1)!}`;
}
