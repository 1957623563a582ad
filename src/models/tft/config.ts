import { z } from 'zod';

/** Sizes of a temporal fusion transformer. */
export const tftConfigSchema = z.strictObject({
  /** Static variables by the number of their categories. */
  statics: z.array(z.int().min(1)).min(1),
  /** Scalar inputs that are known up to the present only. */
  observed: z.int().min(0),
  /** Scalar inputs whose future is known as well (dates). */
  known: z.int().min(0),
  /** Steps of the past. */
  past: z.int().min(1),
  /** Steps of the future that are decoded one by one; 0: everything is read at the last step of the past. */
  future: z.int().min(0),
  /** Width of every layer. */
  width: z.int().min(1).default(32),
  heads: z.int().min(1).default(4),
  /** Horizons read at each decoded step: 1, or where nothing is decoded, all of them. */
  horizons: z.int().min(1).default(1),
  quantiles: z.array(z.number().gt(0).lt(1)).min(1).default([0.1, 0.5, 0.9]),
  dropout: z.number().min(0).lt(1).default(0),
})
  .refine(({ width, heads }) => width % heads === 0, { error: 'expected a width that is a multiple of the heads' })
  .refine(({ observed, known }) => observed + known > 0, { error: 'expected at least one input over time' })
  .refine(({ future, known }) => future === 0 || known > 0, { error: 'expected inputs that are known in advance for a future to decode' });

export type TftConfig = z.output<typeof tftConfigSchema>;
