import type { QualityRule } from './finding.js';
import { duplicateBar } from './rules/duplicate-bar.js';
import { highBelowLow } from './rules/high-below-low.js';
import { incompleteBar } from './rules/incomplete-bar.js';
import { levelShift } from './rules/level-shift.js';
import { missingSession } from './rules/missing-session.js';
import { nonPositivePrice } from './rules/non-positive-price.js';
import { priceOutsideRange } from './rules/price-outside-range.js';
import { repeatedBar } from './rules/repeated-bar.js';
import { revertingPrint } from './rules/reverting-print.js';
import { stalePrice } from './rules/stale-price.js';
import { suspectJump } from './rules/suspect-jump.js';
import { wildRange } from './rules/wild-range.js';
import { zeroVolume } from './rules/zero-volume.js';

/** Every check of daily bars, in the order in which policies are carried out and findings are reported. */
export const QUALITY_RULES: readonly QualityRule[] = [
  duplicateBar,
  nonPositivePrice,
  highBelowLow,
  priceOutsideRange,
  incompleteBar,
  revertingPrint,
  levelShift,
  suspectJump,
  wildRange,
  repeatedBar,
  stalePrice,
  missingSession,
  zeroVolume,
];
