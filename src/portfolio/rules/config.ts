import { z } from 'zod';

const fraction = z.number().min(0).max(1);
const enabled = z.boolean().default(true).describe('false switches the rule off');

const restrictedListConfig = z
  .strictObject({ enabled, symbols: z.array(z.string().min(1)).default([]).describe('symbols, as the store names them, that are never bought') })
  .prefault({});

const minDollarVolumeConfig = z
  .strictObject({
    enabled,
    min: z.number().min(0).default(5_000_000).describe('median traded value that a name must reach to be bought (quote currency a session)'),
    unknown: z.number().min(0).default(0).describe('traded value of a name for which it is not known (quote currency a session)'),
  })
  .prefault({});

const maxParticipationConfig = z
  .strictObject({
    enabled,
    max: z.number().gt(0).max(1).default(0.02).describe("largest purchase as a share of a name's median traded value a session (fraction)"),
    unknown: z.number().min(0).default(0).describe('traded value of a name for which it is not known (quote currency a session)'),
  })
  .prefault({});

const earningsBlackoutConfig = z
  .strictObject({
    enabled,
    sessions: z.int().min(0).max(63).default(2).describe('a name whose earnings report is expected within so many sessions, and before it is to be left, is not bought (sessions)'),
  })
  .prefault({});

const maxPairwiseCorrelationConfig = z
  .strictObject({
    enabled,
    max: z.number().min(0).max(1).default(0.95).describe('largest correlation of the daily returns of a name that is bought with any other of the book'),
    unknown: z.number().min(-1).max(1).default(1).describe('correlation of a pair for which it is not known'),
  })
  .prefault({});

const maxNamesConfig = z.strictObject({ enabled, max: z.int().min(0).max(1000).default(30).describe('largest number of names in the book') }).prefault({});

const maxWeightConfig = z.strictObject({ enabled, max: fraction.default(0.1).describe('largest weight of one name (fraction of equity)') }).prefault({});

/** For a name of which none is known: more than of 99 in 100 members of the index from 2006 to 2025. */
const unknownGapLoss = fraction.default(0.1).describe('loss in a bad night of a name for which it is not known (fraction)');

const nameGapRiskConfig = z.strictObject({ enabled, max: fraction.default(0.01).describe('largest loss by one name in a bad night of its own (fraction of equity)'), unknown: unknownGapLoss }).prefault({});

const gapRiskConfig = z.strictObject({ enabled, max: fraction.default(0.06).describe('largest loss when every name has a bad night at once (fraction of equity)'), unknown: unknownGapLoss }).prefault({});

const sectorCapConfig = z.strictObject({ enabled, max: fraction.default(0.35).describe('largest sum of weights of one sector (fraction of equity); names of unknown sector count as one sector') }).prefault({});

const betaLimitConfig = z
  .strictObject({
    enabled,
    max: z.number().min(0).max(10).default(1.3).describe('largest slope of the book on the benchmark'),
    unknown: z.number().min(0).max(10).default(1.5).describe('slope of a name for which it is not known'),
  })
  .prefault({});

const volatilityTargetConfig = z
  .strictObject({
    enabled,
    max: z.number().min(0.01).max(5).default(0.25).describe('largest annualized volatility of the book (fraction)'),
    unknownVolatility: z.number().min(0).max(10).default(0.6).describe('annualized volatility of a name for which it is not known (fraction)'),
    unknownCorrelation: fraction.default(1).describe('correlation of a pair for which it is not known; 1 = nothing is credited to spreading'),
  })
  .prefault({});

const drawdownBrakeConfig = z
  .strictObject({
    enabled,
    gross: fraction.default(1).describe('largest sum of weights without a drawdown (fraction of equity)'),
    from: fraction.default(0.1).describe('drawdown at which the limit begins to fall (fraction)'),
    to: fraction.default(0.25).describe('drawdown from which on the limit is at its least (fraction)'),
    least: fraction.default(0.25).describe('share of gross that is left from there on; at 0 a book could never recover'),
  })
  .refine(({ from, to }) => from < to, 'expected from below to')
  .prefault({});

const grossLimitConfig = z.strictObject({ enabled, max: fraction.default(1).describe('largest sum of weights (fraction of equity)') }).prefault({});

const maxTurnoverConfig = z.strictObject({ enabled, max: z.number().min(0).max(2).default(1).describe('largest sum of absolute changes of weights a session, sales and purchases alike (fraction of equity); sales are never held back') }).prefault({});

/** Limits that hold whatever a strategy wants, and somewhat wider than what one aims at by itself. */
export const riskConfig = z
  .strictObject({
    minEntry: fraction.default(0.25).describe('a purchase of which the rules leave less than this share of what was wanted is not made'),
    restrictedList: restrictedListConfig,
    minDollarVolume: minDollarVolumeConfig,
    maxParticipation: maxParticipationConfig,
    earningsBlackout: earningsBlackoutConfig,
    maxPairwiseCorrelation: maxPairwiseCorrelationConfig,
    maxNames: maxNamesConfig,
    maxWeight: maxWeightConfig,
    nameGapRisk: nameGapRiskConfig,
    sectorCap: sectorCapConfig,
    gapRisk: gapRiskConfig,
    betaLimit: betaLimitConfig,
    volatilityTarget: volatilityTargetConfig,
    drawdownBrake: drawdownBrakeConfig,
    grossLimit: grossLimitConfig,
    maxTurnover: maxTurnoverConfig,
  })
  .prefault({});

export type RiskConfig = z.infer<typeof riskConfig>;

/** The key of a rule's settings. */
export type RiskKey = Exclude<keyof RiskConfig, 'minEntry'>;
