import type { Feature } from '../feature.js';
import { candleBody, lowerShadow, upperShadow } from './candle.js';
import { channelBreakout } from './channel-breakout.js';
import { closeLocation } from './close-location.js';
import { closingRun } from './closing-run.js';
import { distanceToHigh } from './distance-to-high.js';
import { distanceToLow } from './distance-to-low.js';
import { gapFilled } from './gap-filled.js';
import { gapZScore } from './gap-z-score.js';
import { higherLows } from './higher-lows.js';
import { insideDay } from './inside-day.js';
import { narrowestRange } from './narrowest-range.js';
import { outsideDay } from './outside-day.js';
import { overnightGap } from './overnight-gap.js';
import { pivotDistance } from './pivot-distance.js';
import { rangeExpansion } from './range-expansion.js';
import { newHigh, sessionsSinceHigh } from './sessions-since-high.js';
import { sessionsSinceLow } from './sessions-since-low.js';

/** Shapes of bars, gaps, distances to extremes. */
export const STRUCTURE: readonly Feature[] = [
  overnightGap,
  gapZScore(63),
  gapFilled,
  closeLocation,
  candleBody,
  upperShadow,
  lowerShadow,
  insideDay,
  outsideDay,
  rangeExpansion(20),
  narrowestRange(7),
  distanceToHigh(20),
  distanceToHigh(252),
  distanceToLow(20),
  distanceToLow(252),
  sessionsSinceHigh(252),
  sessionsSinceLow(252),
  newHigh(252),
  closingRun(10),
  higherLows(10),
  channelBreakout(20),
  pivotDistance,
];
