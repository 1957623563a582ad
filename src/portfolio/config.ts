import { z } from 'zod';

/** What trading costs; each fill pays all of them. */
export const costsConfig = z
  .strictObject({
    commissionBps: z.number().min(0).max(1000).default(1).describe('commission (bps of the traded value)'),
    halfSpreadBps: z.number().min(0).max(1000).default(2).describe('half of the quoted spread, paid at each fill (bps of price)'),
    slippageBps: z.number().min(0).max(1000).default(2).describe('further price concession of a fill (bps of price)'),
  })
  .prefault({});

/** The paper book. */
export const portfolioConfig = z
  .strictObject({
    initialCash: z.number().min(1000).max(1e12).default(1_000_000).describe('cash the paper book starts with (quote currency)'),
    costs: costsConfig,
  })
  .prefault({});

export type CostsConfig = z.infer<typeof costsConfig>;
export type PortfolioConfig = z.infer<typeof portfolioConfig>;
