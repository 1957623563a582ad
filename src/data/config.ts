import { z } from 'zod';

/** What the pipeline's data comes from. */
export const dataConfig = z
  .strictObject({
    source: z.enum(['auto', 'store', 'sample', 'files', 'synthetic']).default('auto').describe('auto = what was imported into the store, the bundled sample while that is nothing; store = only what was imported; sample = only the bundled sample; files = the folder below, imported when it changed; synthetic = a made-up market with planted effects, marked SYNTHETIC'),
    folder: z.string().optional().describe('source files: folder that holds source.json (relative to this file)'),
    synthetic: z
      .strictObject({
        symbols: z.int().min(2).max(5000).default(200).describe('source synthetic: stocks in all, members or not (count)'),
        start: z.iso.date().default('2013-01-02').describe('source synthetic: first day'),
        end: z.iso.date().default('2017-12-29').describe('source synthetic: last day'),
        planted: z.boolean().default(true).describe('source synthetic: false = pure noise, nothing foretells what a stock does beside its market and sector'),
        seed: z.int().min(0).max(4_294_967_295).default(7).describe('source synthetic: seed of the market; that of models and strategies is another'),
        underlyings: z.int().min(0).max(5000).default(120).describe('source synthetic: stocks with option chains, those traded most; 0 = no options (count)'),
        chainSessions: z.int().min(1).max(10_000).default(45).describe('source synthetic: last sessions that have option chains, of some 600 contracts a stock (sessions)'),
      })
      .prefault({}),
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
