import { z } from 'zod';

/** The daily graph of who moves with whom. */
export const graphConfig = z
  .strictObject({
    builder: z.enum(['correlation', 'ledoit-wolf', 'market-residual']).default('correlation').describe('what measures how much two names belong together: plain correlation, correlation of the covariance shrunk by Ledoit and Wolf, or correlation beyond the common movement of all'),
    window: z.int().min(20).max(756).default(60).describe('sessions of returns, the last that of the graph (sessions)'),
    minPresent: z.number().min(0.5).max(1).default(0.8).describe("share of the window's returns that a name must have to be a node (fraction)"),
    topK: z.int().min(1).max(100).default(10).describe('nearest neighbours of each name'),
    threshold: z.number().min(0).max(1).default(0.3).describe('absolute correlation that a neighbour must reach; at 60 sessions chance alone exceeds 0.25 in one of twenty'),
    sectorEdges: z.boolean().default(false).describe('edges between all names of the same sector besides'),
  })
  .prefault({});

export type GraphConfig = z.infer<typeof graphConfig>;
