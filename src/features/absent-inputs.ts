import type { Vintages } from '../table/vintages.js';
import type { FeatureInputs } from './compute/feature-inputs.js';
import type { Feature, FeatureInput } from './feature.js';

/** Features that have no values because nothing of what they read was known by the last session of the bars, with what is lacking. */
export function absentInputs(features: readonly Feature[], inputs: FeatureInputs, known: readonly Feature[]): { feature: string; inputs: FeatureInput[] }[] {
  const found = new Map<FeatureInput, boolean>();
  const isThere = (input: FeatureInput): boolean => {
    const there = found.get(input) ?? isPresent(input, inputs);
    found.set(input, there);
    return there;
  };
  return features.flatMap((feature) => {
    const base = feature.kind === 'cross-section' ? known.find(({ name }) => name === feature.of) : undefined;
    const lacking = [...new Set([...feature.inputs, ...(base?.inputs ?? [])])].filter((input) => !isThere(input));
    return lacking.length === 0 ? [] : [{ feature: feature.name, inputs: lacking }];
  });
}

/** Whether there is any value of an input, of any instrument. */
function isPresent(input: FeatureInput, { bars, sectors, benchmarkReturn, macro, fundamentals, earnings, options }: FeatureInputs): boolean {
  const [kind, name] = input.split(':', 2);
  const last = bars.sessions.at(-1) ?? Number.NEGATIVE_INFINITY;
  const isKnown = (table: Vintages | undefined): boolean => table !== undefined && table.knownFrom.length > 0 && table.knownFrom[0] <= last;
  const ofAny = (tables: ReadonlyMap<string, ReadonlyMap<string, Vintages>> | undefined): boolean => tables !== undefined && bars.symbols.some((symbol) => isKnown(tables.get(symbol)?.get(name)));
  switch (kind) {
    case 'volume':
    case 'vwap':
      return bars.has(kind) && bars.column(kind).some((value) => !Number.isNaN(value));
    case 'index':
      return benchmarkReturn === undefined || benchmarkReturn.some((value) => !Number.isNaN(value));
    case 'sector':
      return sectors !== undefined && bars.symbols.some((symbol) => sectors.has(symbol));
    case 'options':
      return options !== undefined && options.has(name) && options.column(name).some((value) => !Number.isNaN(value));
    case 'macro':
      return isKnown(macro?.get(name));
    case 'fundamentals':
      return ofAny(fundamentals);
    case 'earnings':
      return ofAny(earnings);
    default:
      return true;
  }
}
