import { gammaAcceleration } from './gamma-acceleration.js';
import { gammaPin } from './gamma-pin.js';
import { gammaResistance, gammaSupport } from './gamma-wall.js';
import { ivRegimeChange } from './iv-regime-change.js';
import { ivVersusRealized } from './iv-versus-realized.js';
import { newPositions } from './new-positions.js';
import { openInterestRoll } from './open-interest-roll.js';
import { openInterestBuildUp, openInterestUnwinding } from './open-interest-trend.js';
import { putCallOpenInterestExtreme, putCallVolumeExtreme } from './put-call-extreme.js';
import type { OptionsSignal } from './signal.js';
import { unusualActivity } from './unusual-activity.js';

/** Every signal of option chains, by family. */
export const OPTIONS_SIGNALS: readonly OptionsSignal[] = [
  putCallVolumeExtreme,
  putCallOpenInterestExtreme,

  gammaPin,
  gammaAcceleration,
  gammaSupport,
  gammaResistance,

  ivRegimeChange,
  ivVersusRealized,

  openInterestBuildUp,
  openInterestUnwinding,
  openInterestRoll,

  unusualActivity,
  newPositions,
];
