import { z } from 'zod';

import { riskConfig } from './rules/config.js';

/** Costs that grow with the size of a trade and shrink with the turnover of its instrument. */
const liquidityCostsConfig = z
  .strictObject({
    perShare: z.number().min(0).max(10).default(0).describe('commission a share, beside the commission in bps (quote currency)'),
    minCommission: z.number().min(0).max(1000).default(0).describe('least commission of a fill (quote currency)'),
    halfSpreadBps: z.number().min(0).max(1000).default(2).describe('half spread of an instrument that trades referenceDollarVolume a session (bps of price)'),
    referenceDollarVolume: z.number().min(1).max(1e12).default(100_000_000).describe('traded value that halfSpreadBps is meant at; the spread falls with the square root of the traded value (quote currency a session)'),
    minHalfSpreadBps: z.number().min(0).max(1000).default(0.5).describe('least half spread (bps of price)'),
    maxHalfSpreadBps: z.number().min(0).max(1000).default(50).describe('largest half spread (bps of price)'),
    impact: z.number().min(0).max(10).default(1).describe('market impact of a trade as large as all that is traded in a session (standard deviations of daily returns); it grows with the square root of the size'),
    maxImpactBps: z.number().min(0).max(5000).default(1000).describe('largest market impact (bps of price)'),
    assumedDollarVolume: z.number().min(1).max(1e12).default(5_000_000).describe('traded value of an instrument where it is unknown (quote currency a session)'),
    assumedVolatility: z.number().min(0).max(1).default(0.03).describe('standard deviation of daily returns of an instrument where it is unknown (fraction)'),
  })
  .refine(({ minHalfSpreadBps, maxHalfSpreadBps }) => minHalfSpreadBps <= maxHalfSpreadBps, { error: 'expected minHalfSpreadBps not above maxHalfSpreadBps', path: ['minHalfSpreadBps'] })
  .prefault({});

/** What trading costs; each fill pays all of them. */
export const costsConfig = z
  .strictObject({
    model: z.enum(['fixed-bps', 'liquidity']).default('fixed-bps').describe('fixed-bps = commission, half spread and slippage in bps, the same for all; liquidity = commission, a half spread by traded value, and square-root market impact'),
    commissionBps: z.number().min(0).max(1000).default(1).describe('commission (bps of the traded value)'),
    halfSpreadBps: z.number().min(0).max(1000).default(2).describe('half of the quoted spread, paid at each fill (bps of price)'),
    slippageBps: z.number().min(0).max(1000).default(2).describe('further price concession of a fill (bps of price)'),
    liquidity: liquidityCostsConfig,
  })
  .prefault({});

const fillsConfig = z
  .strictObject({
    maxParticipation: z.number().gt(0).max(1).nullable().default(0.1).describe("largest part of a name's median traded value over 21 sessions, up to the close before, that is bought or sold of it in a session; the rest of an order is left unfilled (fraction); null = no cap"),
    unknownDollarVolume: z.number().min(0).max(1e12).default(1_000_000).describe('traded value of a name for which it is not known (quote currency a session)'),
  })
  .prefault({});

const delistingConfig = z
  .strictObject({
    sessions: z.int().min(1).max(63).default(5).describe('a held name without a bar for so many sessions in a row is taken for delisted and closed (sessions)'),
    recovery: z.number().min(0).max(1).default(1).describe('part of its last close that a delisted name pays (fraction)'),
  })
  .prefault({});

/** The paper book. */
export const portfolioConfig = z
  .strictObject({
    initialCash: z.number().min(1000).max(1e12).default(1_000_000).describe('cash the paper book starts with (quote currency)'),
    brackets: z.enum(['resting', 'close']).default('resting').describe('resting = stops and targets are orders that trade within the session; close = they are looked at after the close and sold at the next open'),
    fills: fillsConfig,
    delisting: delistingConfig,
    costs: costsConfig,
    rules: riskConfig,
  })
  .prefault({});

export type CostsConfig = z.infer<typeof costsConfig>;
/** Costs in basis points, the same for every instrument and size. */
export type FixedCosts = Pick<CostsConfig, 'commissionBps' | 'halfSpreadBps' | 'slippageBps'>;
export type PortfolioConfig = z.infer<typeof portfolioConfig>;
/** When stops and targets trade. */
export type Brackets = PortfolioConfig['brackets'];
