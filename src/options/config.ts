import { z } from 'zod';

/** Option chains: whether they are used, and what is assumed of them. */
export const optionsConfig = z
  .strictObject({
    enabled: z.boolean().default(true).describe('whether option chains of the store are read; without them, or with false, everything else runs and says so'),
    rate: z.number().min(-0.05).max(0.3).default(0.04).describe('riskless rate where the store has no Treasury yields known by the session (continuous, fraction a year)'),
    dealers: z.enum(['long-calls-short-puts', 'short-calls-short-puts', 'long-calls-long-puts']).default('long-calls-short-puts').describe('what dealers are taken to hold: open interest does not tell; every exposure follows from this'),
    signals: z.int().min(0).max(20).default(4).describe('signals of options shown on the card of a name'),
  })
  .prefault({});

export type OptionsConfig = z.infer<typeof optionsConfig>;
