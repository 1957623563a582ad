import { z } from 'zod';

const stopping = z
  .strictObject({
    metric: z.enum(['rank-ic', 'loss']).default('rank-ic').describe("what is watched: rank-ic = mean rank correlation of scores and labels within the validation sessions, loss = LightGBM's first metric of the objective"),
    patience: z.int().min(1).max(10_000).default(25).describe('rounds without a better value after which training ends'),
    atLeast: z.int().min(1).max(10_000).default(20).describe('rounds that are kept in any case: the first values of a metric are mostly chance'),
  })
  .prefault({});

/** Settings of the ranker by LightGBM. */
export const rankerConfig = z
  .strictObject({
    objective: z.enum(['lambdarank', 'regression', 'huber']).default('regression').describe('what is learnt: regression and huber = the label itself, by squared and by outlier-proof loss; lambdarank = the order within each session'),
    rounds: z.int().min(1).max(10_000).default(60).describe('trees at most'),
    learningRate: z.number().gt(0).max(1).default(0.05).describe('share of each tree that is added'),
    leaves: z.int().min(2).max(1024).default(15).describe('leaves of a tree at most'),
    minLeaf: z.int().min(1).max(1_000_000).default(1000).describe('samples in a leaf at least'),
    featureFraction: z.number().gt(0).max(1).default(0.5).describe('share of the features that each tree sees (fraction)'),
    baggingFraction: z.number().gt(0).max(1).default(0.5).describe('share of the samples, for lambdarank of the sessions, that each tree sees (fraction)'),
    lambda: z.number().min(0).max(1e6).default(1).describe('L2 penalty on the values of leaves'),
    maxBins: z.int().min(2).max(255).default(63).describe('bins that the values of a feature are sorted into'),
    earlyStopping: stopping.nullable().default(null).describe('when training ends before all rounds, judged on the validation sessions; null = never: the best round of some months of noisy returns is mostly chance'),
    grades: z.int().min(2).max(1000).default(10).describe('lambdarank: equal classes that the labels of a session are cut into, each step worth the same'),
    truncation: z.int().min(1).max(10_000).default(30).describe('lambdarank: pairs count where one of the two is among so many best scores of its session'),
    categorical: z.array(z.string().min(1)).default([]).describe('features whose values are codes of classes: whole numbers from 0'),
    extra: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/, "expected a parameter's name as LightGBM writes it"), z.union([z.string().regex(/^\S*$/, 'expected no white space'), z.number(), z.boolean(), z.array(z.number())])).default({}).describe("further parameters of LightGBM by its own names"),
  })
  .prefault({});

export type RankerConfig = z.output<typeof rankerConfig>;

/** What may be said of a ranker; everything has a default. */
export type LightGbmOptions = z.input<typeof rankerConfig>;
