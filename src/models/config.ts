import { z } from 'zod';

/** How models are trained: what is foretold, from which features, and how the past is parted. */
export const trainingConfig = z
  .strictObject({
    horizon: z.int().min(1).max(63).default(5).describe('sessions foretold, from the next open on (sessions)'),
    residual: z.enum(['none', 'market', 'sector']).default('sector').describe('what is taken off each return: nothing, the mean of the members, or that of its sector'),
    rank: z.boolean().default(true).describe('learn ranks within the session instead of returns, so that wild sessions count no more than calm ones'),
    features: z.array(z.string().min(1)).min(1).default(['alpha158', 'momentum', 'trend', 'volatility', 'volume', 'structure']).describe('features learnt from: names of features, of families, of own sets'),
    normalize: z.enum(['none', 'rank']).default('rank').describe('what is done to features first: rank = their centred rank within the session'),
    train: z.int().min(60).max(5040).default(1008).describe('sessions that a model learns from, in a walk-forward and in swing train without a start date (sessions)'),
    test: z.int().min(1).max(1260).default(126).describe('sessions after which it is learnt again (sessions)'),
    validation: z.number().gt(0).lt(0.9).default(0.2).describe('tail of the training sessions that is kept back: models are stopped, judged and calibrated on it (fraction)'),
  })
  .prefault({});

export type TrainingConfig = z.infer<typeof trainingConfig>;

/** Which model foretells returns, and how its words are drawn. */
export const forecastConfig = z
  .strictObject({
    model: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected a name')
      .default('auto')
      .describe('auto = the newest trained model that was usable on the session and is not too old, own ones before released ones, else 12-1 momentum; or the name of a trained model; or momentum, reversal, low-volatility'),
    network: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected a name')
      .default('auto')
      .describe('network whose ranks are averaged with those of the model: auto = the newest usable one where the model is chosen by auto too; none; or the name of a trained model'),
    maxAge: z.int().min(21).max(5040).default(252).describe('sessions since its training after which auto does not take a trained model any more (sessions)'),
    window: z.int().min(60).max(5040).default(504).describe('past sessions whose outcomes momentum, reversal and low-volatility are measured on (sessions)'),
    minSessions: z.int().min(20).max(2520).default(63).describe('past sessions with outcomes below which they give no expected returns (sessions)'),
    interval: z.number().gt(0).lt(1).default(0.8).describe('share of outcomes the interval is meant to hold (fraction)'),
    drivers: z.int().min(0).max(20).default(3).describe('features named as what moved a score most'),
  })
  .prefault({});

export type ForecastConfig = z.infer<typeof forecastConfig>;
