import { OPTIONS_SIGNALS } from './registry.js';
import type { DetectedSignal, OptionsSignal } from './signal.js';
import type { OptionsView } from './view.js';

/** What signals see at the last session of a view, the largest |strength| · confidence first, equal ones by name; known at its decision time. */
export function detectSignals(view: OptionsView, signals: readonly OptionsSignal[] = OPTIONS_SIGNALS): DetectedSignal[] {
  const weight = ({ strength, confidence }: DetectedSignal): number => Math.abs(strength) * confidence;
  return signals.flatMap((signal) => signal.detect(view)).sort((a, b) => weight(b) - weight(a) || (a.signal < b.signal ? -1 : 1));
}
