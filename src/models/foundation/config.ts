import { z } from 'zod';

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
  horizons: z.array(z.int().min(1)).min(1).default([3, 5, 10]),
  /** Rising, an odd number, the median in the middle. */
  quantiles: z.array(z.number().gt(0).lt(1)).min(1).default([0.05, 0.1, 0.5, 0.9, 0.95]),
  dropout: z.number().min(0).lt(1).default(0.1),
})
  .refine(({ width, heads }) => width % heads === 0, { error: 'expected a width that is a multiple of the heads' })
  .refine(({ quantiles }) => quantiles.length % 2 === 1 && quantiles.every((q, i) => i === 0 || q > quantiles[i - 1]), { error: 'expected an odd number of rising quantiles, the median in the middle' });

export type FoundationConfig = z.output<typeof foundationConfigSchema>;
