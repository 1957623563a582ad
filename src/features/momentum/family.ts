import type { Feature } from '../feature.js';
import { informationDiscreteness } from './information-discreteness.js';
import { intradayMomentum } from './intraday-momentum.js';
import { momentum121 } from './momentum-12-1.js';
import { momentumAcceleration } from './momentum-acceleration.js';
import { overnightMomentum } from './overnight-momentum.js';
import { pastReturn } from './past-return.js';
import { seasonalReturn } from './seasonal-return.js';
import { upDaysShare } from './up-days-share.js';
import { upMonthsShare } from './up-months-share.js';
import { volatilityScaledMomentum } from './volatility-scaled-momentum.js';
import { volatilityScaledReturn } from './volatility-scaled-return.js';

/** What prices did over weeks and months. */
export const MOMENTUM: readonly Feature[] = [
  momentum121,
  pastReturn({ name: 'momentum-6-1', from: 126, to: 21, source: 'Jegadeesh and Titman (1993), the last month skipped' }),
  pastReturn({ name: 'momentum-3-1', from: 63, to: 21, source: 'Jegadeesh and Titman (1993), the last month skipped' }),
  pastReturn({ name: 'momentum-12-7', from: 252, to: 126, source: 'Novy-Marx (2012), intermediate horizon' }),
  pastReturn({ name: 'return-21', from: 21, to: 0, source: 'Jegadeesh (1990), short-term reversal' }),
  pastReturn({ name: 'return-5', from: 5, to: 0, source: 'Lehmann (1990), weekly reversal' }),
  pastReturn({ name: 'return-1', from: 1, to: 0, source: 'standard' }),
  volatilityScaledMomentum,
  volatilityScaledReturn(5, 63),
  momentumAcceleration(126),
  informationDiscreteness,
  upDaysShare(21),
  upMonthsShare(252),
  seasonalReturn,
  overnightMomentum(21),
  intradayMomentum(21),
];
