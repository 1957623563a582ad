import type { Feature } from '../feature.js';
import { announcementReturn } from './announcement-return.js';
import { accruals, cashConversion, cashFlowMargin } from './cash-flow.js';
import { daysSinceFiling } from './days-since-filing.js';
import { netIncomeGrowth } from './income-growth.js';
import { netMargin, netMarginChange, netMarginVariability } from './net-margin.js';
import { revenueAcceleration, revenueGrowth, revenueGrowthOfYear } from './revenue-growth.js';
import { shareIssuance } from './share-issuance.js';
import { standardizedUnexpectedEarnings } from './standardized-unexpected-earnings.js';
import { earningsSurprise, meanEarningsSurprise, revenueSurprise, surpriseStreak } from './surprise.js';

/**
 * Quarters as filed, reports as published.
 *
 * There are no valuations: they need the price in the money of the day, and bars carry adjusted prices only.
 */
export const FUNDAMENTALS: readonly Feature[] = [
  revenueGrowth,
  revenueGrowthOfYear,
  revenueAcceleration,
  netMargin,
  netMarginChange,
  netMarginVariability,
  netIncomeGrowth,
  standardizedUnexpectedEarnings,
  accruals,
  cashConversion,
  cashFlowMargin,
  shareIssuance,
  daysSinceFiling,
  earningsSurprise,
  meanEarningsSurprise,
  surpriseStreak,
  revenueSurprise,
  announcementReturn,
];
