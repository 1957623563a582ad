import type { IsoDate } from '../core/dates.js';
import { FEATURES } from '../features/registry.js';
import { EVIDENCE_KINDS, valuesOf, type Evidence } from '../strategy/evidence.js';
import { SENTENCES } from './evidence-words.js';
import type { Reason } from './recommendation.js';

const FEATURE_UNITS: ReadonlyMap<string, string> = new Map(FEATURES.map(({ name, unit }) => [name, unit]));

/**
 * The evidence of a decision as sentences; each number in a sentence stands in its values, with its unit, where it is from and when it was known.
 * @param asOf session at whose close the evidence was known
 */
export function explain(evidence: readonly Evidence[], asOf: IsoDate): Reason[] {
  return evidence.map((one) => {
    const values = valuesOf(one);
    return { code: one.code, text: SENTENCES[one.code](values), values, units: unitsOf(one, values), source: EVIDENCE_KINDS[one.code].source, asOf };
  });
}

/** Values of a feature have the unit of that feature. */
function unitsOf({ code }: Evidence, values: Reason['values']): Record<string, string> {
  const units: Readonly<Record<string, string>> = EVIDENCE_KINDS[code].units;
  const named = FEATURE_UNITS.get(String(values['feature']));
  return Object.fromEntries(Object.keys(values).map((name) => [name, units[name] === 'feature' ? (named ?? 'number') : units[name]]));
}
