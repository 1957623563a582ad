import { z } from 'zod';

/** Sizes of a layer of graph attention. */
export const gatConfigSchema = z.strictObject({
  /** Numbers of a node that come in. */
  inputs: z.int().min(1),
  /** Numbers of a node that each head gives out. */
  width: z.int().min(1),
  heads: z.int().min(1).default(4),
  /** What becomes of the heads: side by side, heads × width, or their mean, width. */
  join: z.enum(['concat', 'mean']).default('concat'),
  /** Numbers on an edge (a weight is one); 0: none. */
  edgeFeatures: z.int().min(0).default(0),
  /** Whether a projection of the input is added to the result. */
  residual: z.boolean().default(false),
  /** Whether a bias is added to the result. */
  bias: z.boolean().default(true),
  /** Slope of the leaky relu below zero. */
  slope: z.number().min(0).lt(1).default(0.2),
});

export type GatConfig = z.output<typeof gatConfigSchema>;
