import { betaLimit } from './beta-limit.js';
import type { RiskConfig } from './config.js';
import { drawdownBrake } from './drawdown-brake.js';
import { earningsBlackout } from './earnings-blackout.js';
import { gapRisk } from './gap-risk.js';
import { grossLimit } from './gross-limit.js';
import { listed, type ListedRule } from './listed-rule.js';
import { maxNames } from './max-names.js';
import { maxPairwiseCorrelation } from './max-pairwise-correlation.js';
import { maxParticipation } from './max-participation.js';
import { maxTurnover } from './max-turnover.js';
import { maxWeight } from './max-weight.js';
import { minDollarVolume } from './min-dollar-volume.js';
import { nameGapRisk } from './name-gap-risk.js';
import { restrictedList } from './restricted-list.js';
import { sectorCap } from './sector-cap.js';
import { volatilityTarget } from './volatility-target.js';

/**
 * Every risk rule, in the order in which they are applied.
 *
 * What may not be bought at all goes first, so that it takes nobody's place; then limits on one name, on a sector, on the book; turnover
 * is last, because what the others sell counts.
 */
export const RISK_RULES: readonly ListedRule[] = [
  listed('restrictedList', restrictedList),
  listed('minDollarVolume', minDollarVolume),
  listed('maxParticipation', maxParticipation),
  listed('earningsBlackout', earningsBlackout),
  listed('maxPairwiseCorrelation', maxPairwiseCorrelation),
  listed('maxNames', maxNames),
  listed('maxWeight', maxWeight),
  listed('nameGapRisk', nameGapRisk),
  listed('sectorCap', sectorCap),
  listed('gapRisk', gapRisk),
  listed('betaLimit', betaLimit),
  listed('volatilityTarget', volatilityTarget),
  listed('drawdownBrake', drawdownBrake),
  listed('grossLimit', grossLimit),
  listed('maxTurnover', maxTurnover),
];

/** The rules that settings leave switched on, in their order. */
export const rulesOf = (settings: RiskConfig, rules: readonly ListedRule[] = RISK_RULES): ListedRule[] => rules.filter((rule) => settings[rule.key].enabled);
