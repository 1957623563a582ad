import type { FeatureInputs } from './compute/feature-inputs.js';
import type { Feature, FeatureInput } from './feature.js';

/** Features that have no values because what they read is not there at all, with what is lacking. */
export function absentInputs(features: readonly Feature[], inputs: FeatureInputs, known: readonly Feature[]): { feature: string; inputs: FeatureInput[] }[] {
  return features.flatMap((feature) => {
    const base = feature.kind === 'cross-section' ? known.find(({ name }) => name === feature.of) : undefined;
    const lacking = [...new Set([...feature.inputs, ...(base?.inputs ?? [])])].filter((input) => !isPresent(input, inputs));
    return lacking.length === 0 ? [] : [{ feature: feature.name, inputs: lacking }];
  });
}

function isPresent(input: FeatureInput, { bars, sectors, macro, fundamentals, earnings }: FeatureInputs): boolean {
  const [kind, name] = input.split(':', 2);
  const held = (tables: ReadonlyMap<string, ReadonlyMap<string, unknown>> | undefined): boolean => tables !== undefined && [...tables.values()].some((own) => own.has(name));
  switch (kind) {
    case 'vwap':
      return bars.has('vwap');
    case 'sector':
      return (sectors?.size ?? 0) > 0;
    case 'macro':
      return macro?.has(name) ?? false;
    case 'fundamentals':
      return held(fundamentals);
    case 'earnings':
      return held(earnings);
    default:
      return true;
  }
}
