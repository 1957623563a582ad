import { gammaAcceleration } from './gamma-acceleration.js';
import { putCallOpenInterestExtreme, putCallVolumeExtreme } from './put-call-extreme.js';
import type { OptionsSignal } from './signal.js';

/** Every signal of option chains, by family. */
export const OPTIONS_SIGNALS: readonly OptionsSignal[] = [
  putCallVolumeExtreme,
  putCallOpenInterestExtreme,
  gammaAcceleration,
];
