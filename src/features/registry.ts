import { ALPHA158 } from './alpha158/family.js';
import { CALENDAR } from './calendar/family.js';
import { CROSS_SECTION } from './cross-section/family.js';
import type { Feature } from './feature.js';
import { FUNDAMENTALS } from './fundamentals/family.js';
import { MACRO } from './macro/family.js';
import { MARKET } from './market/family.js';
import { MOMENTUM } from './momentum/family.js';
import { OPTIONS } from './options/family.js';
import { STRUCTURE } from './structure/family.js';
import { TREND } from './trend/family.js';
import { VOLATILITY } from './volatility/family.js';
import { VOLUME } from './volume/family.js';

/** Every feature, by family. */
export const FEATURES: readonly Feature[] = [...MOMENTUM, ...TREND, ...VOLATILITY, ...VOLUME, ...STRUCTURE, ...CALENDAR, ...MARKET, ...MACRO, ...FUNDAMENTALS, ...OPTIONS, ...CROSS_SECTION, ...ALPHA158];
