import { z } from 'zod';

import { graphConfig } from '../../graph/config.js';

const quantiles = z.array(z.number().gt(0).lt(1)).min(1).default([0.05, 0.1, 0.5, 0.9, 0.95]);
/** Sessions that are foretold at most. */
export const MAX_HORIZON = 63;

const horizons = z.array(z.int().min(1).max(MAX_HORIZON)).min(1).default([3, 5, 10]);
const isSpread = (values: readonly number[]): boolean => values.length % 2 === 1 && values.every((q, i) => i === 0 || q > values[i - 1]);

/** Sizes of the foundation network. */
export const foundationConfigSchema = z.strictObject({
  /** Features of a stock and session. */
  features: z.int().min(1),
  /** Sectors, or other static classes. */
  sectors: z.int().min(1),
  /** Sessions of a window. */
  past: z.int().min(1),
  width: z.int().min(1).default(32),
  heads: z.int().min(1).default(4),
  /** Layers of message passing between the stocks of a session; 0: each stock by itself. */
  graphLayers: z.int().min(0).default(1),
  /** Numbers of an edge (correlation, same sector). */
  edgeFeatures: z.int().min(0).default(1),
  /** Whether the stocks of a session share a token of the market. */
  market: z.boolean().default(true),
  /** Horizons in sessions, as labels and reports name them. */
  horizons,
  /** Rising, an odd number, the median in the middle. */
  quantiles,
  dropout: z.number().min(0).lt(1).default(0.1),
})
  .refine(({ width, heads }) => width % heads === 0, { error: 'expected a width that is a multiple of the heads' })
  .refine(({ quantiles: wanted }) => isSpread(wanted), { error: 'expected an odd number of rising quantiles, the median in the middle' });

export type FoundationConfig = z.output<typeof foundationConfigSchema>;

/** Read by default: bars alone give them, and each is a family of its own rather than another window of the same. */
const FEATURES = [
  'return-1', 'return-5', 'return-21', 'momentum-6-1', 'momentum-12-1', 'residual-momentum-252-21', 'seasonal-return-252', 'overnight-momentum-21',
  'strength-to-sector-5', 'strength-to-sector-63', 'realized-volatility-21', 'maximum-return-21', 'return-skewness-63', 'beta-60',
  'distance-to-high-252', 'close-location', 'relative-volume-21', 'volume-trend-5-63', 'up-volume-share-63', 'volume-return-correlation-21',
] as const;

/** Settings of the foundation model: what it reads, how large it is, how it learns. */
export const foundationOptionsSchema = z
  .strictObject({
    features: z.array(z.string().min(1)).min(1).default([...FEATURES]).describe('features read, by name'),
    past: z.int().min(1).max(252).default(21).describe('sessions of a window, the last the one foretold from (sessions)'),
    width: z.int().min(4).max(512).default(16).describe('numbers by which a stock is thought of'),
    heads: z.int().min(1).max(32).default(4).describe('heads of both attentions'),
    graphLayers: z.int().min(0).max(4).default(1).describe("rounds of message passing over the day's graph; 0 = each stock by itself"),
    market: z.boolean().default(true).describe('whether the stocks of a session share a token of the market'),
    graph: graphConfig.prefault({ builder: 'market-residual', threshold: 0, sectorEdges: true }).describe("the day's graph"),
    horizons: horizons.describe('sessions foretold, the one of the labels among them (sessions)'),
    quantiles: quantiles.describe('quantiles foretold, an odd number, rising, the median in the middle'),
    dropout: z.number().min(0).lt(1).default(0.2).describe('share of numbers dropped in training (fraction)'),
    members: z.int().min(1).max(20).default(1).describe('networks with seeds of their own whose forecasts are averaged'),
    epochs: z.int().min(1).max(1000).default(12).describe('passes at most; each sees every so many sessions'),
    stride: z.int().min(1).max(63).default(5).describe('sessions from one that a pass sees to the next: neighbours have nearly the same labels (sessions)'),
    rate: z.number().gt(0).max(1).default(0.001).describe('highest learning rate'),
    weightDecay: z.number().min(0).max(10).default(0.02).describe('decay of weights a step, in learning rates'),
    clip: z.number().gt(0).default(1).describe('norm of the gradients at most'),
    warmUp: z.number().min(0).max(0.9).default(0.1).describe('share of the steps in which the rate rises (fraction)'),
    patience: z.int().min(1).nullable().default(4).describe('passes without a better validation loss after which training ends; null = never'),
    ranking: z.enum(['correlation', 'pairwise', 'listwise', 'none']).default('correlation').describe('loss of the order within a session, beside that of the quantiles'),
    rankingWeight: z.number().min(0).max(100).default(0.5).describe('weight of it'),
    volatilityWeight: z.number().min(0).max(100).default(0.1).describe('weight of the loss of the volatility'),
  })
  .prefault({})
  .refine(({ width, heads }) => width % heads === 0, { error: 'expected a width that is a multiple of the heads' })
  .refine(({ quantiles: wanted }) => isSpread(wanted) && wanted.some((q) => q === 0.5), { error: 'expected an odd number of rising quantiles, the median 0.5 in the middle' });

export type FoundationSettingsConfig = z.output<typeof foundationOptionsSchema>;

/** What may be said of a foundation model; everything has a default. */
export type FoundationOptions = z.input<typeof foundationOptionsSchema>;
