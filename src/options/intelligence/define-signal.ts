import { InvariantError } from '../../core/errors.js';
import { formatEvidence, type Fact } from './evidence.js';
import type { DetectedSignal, OptionsSignal, SignalCard, SignalDirection } from './signal.js';
import type { OptionsView } from './view.js';

/** What a signal found, before it is put into words. */
export interface Finding {
  readonly direction: SignalDirection;
  /** Above 0 for `up`, below for `down`; cut at −1 and 1. Nothing was found where it is 0. */
  readonly strength: number;
  /** Cut at 0 and 1. */
  readonly confidence: number;
  readonly facts: Readonly<Record<string, Fact>>;
  /** A sentence without numbers: `{name}` stands for the fact of that name. */
  readonly text: string;
}

/** A signal by its card and a function that looks at a view with as many sessions as it needs. */
export function defineSignal(card: SignalCard, find: (view: OptionsView) => Finding | null): OptionsSignal {
  return {
    ...card,
    detect(view) {
      const found = view.length < card.minHistory || (card.needsChain && view.chain === null) ? null : find(view);
      return found === null || found.strength === 0 ? [] : [detected(card, found)];
    },
  };
}

/** @throws InvariantError when a number is not finite, or the sentence names one that is not there */
function detected({ name, family, horizon }: SignalCard, { direction, strength, confidence, facts, text }: Finding): DetectedSignal {
  const entries = Object.entries({ strength: [strength, 'score'] as const, confidence: [confidence, 'score'] as const, ...facts });
  const bad = entries.find(([, [value]]) => !Number.isFinite(value));
  if (bad) throw new InvariantError(`expected a finite number, found ${bad[1][0]} as "${bad[0]}" of signal "${name}"`);
  return {
    signal: name, family, direction, horizon,
    strength: Math.max(-1, Math.min(1, strength)),
    confidence: Math.max(0, Math.min(1, confidence)),
    evidence: Object.fromEntries(Object.entries(facts).map(([fact, [value]]) => [fact, value])),
    units: Object.fromEntries(Object.entries(facts).map(([fact, [, unit]]) => [fact, unit])),
    sentence: text.replace(/\{(\w+)\}/g, (_, fact: string) => wordOf(name, fact, facts)),
  };
}

function wordOf(signal: string, fact: string, facts: Finding['facts']): string {
  const known = facts[fact];
  if (known === undefined) throw new InvariantError(`expected one of the facts ${Object.keys(facts).join(', ')}, found "${fact}" in the sentence of signal "${signal}"`);
  return formatEvidence(...known);
}
