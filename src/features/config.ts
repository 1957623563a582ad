import { z } from 'zod';

const names = z.array(z.string().min(1)).min(1);

/** Which features are computed. */
export const featuresConfig = z
  .strictObject({
    use: names.default(['core']).describe('features that the daily run computes and shows: names of features, of families, of own sets; core = all but alpha158 and options, all = all'),
    sets: z
      .record(z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected a name in lower case'), names)
      .default({})
      .describe('own sets: name → features, families or other sets'),
    benchmark: z.string().min(1).default('members').describe('what relative features compare with: members = the equally weighted mean of the universe, or an instrument of the store, e.g. SPY'),
    show: names
      .default(['momentum-12-1', 'return-5', 'realized-volatility-21', 'beta-60', 'strength-to-sector-63', 'distance-to-high-252', 'relative-volume-21', 'sessions-to-earnings'])
      .describe('features shown on the card of each recommended name'),
  })
  .prefault({});

export type FeaturesConfig = z.infer<typeof featuresConfig>;
