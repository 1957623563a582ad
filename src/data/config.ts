import { z } from 'zod';

/** What the pipeline's data comes from. */
export const dataConfig = z
  .strictObject({
    source: z.enum(['auto', 'store', 'sample', 'files']).default('auto').describe('auto = what was imported into the store, the bundled sample while that is nothing; store = only what was imported; sample = only the bundled sample; files = the folder below, imported when it changed'),
    folder: z.string().optional().describe('source files: folder that holds source.json (relative to this file)'),
    universe: z.string().min(1).default('sp500').describe('index whose members of the day may be recommended'),
    symbols: z.array(z.string().min(1)).min(1).optional().describe('only these members (symbols of the day or instruments); absent = all'),
    history: z.int().min(300).max(10_000).default(900).describe('sessions read before the decision (sessions)'),
    quality: z
      .record(z.string(), z.enum(['keep', 'mask', 'repair']))
      .default({})
      .describe('policy of a quality rule where it is not the default'),
  })
  .prefault({});

export type DataConfig = z.infer<typeof dataConfig>;
