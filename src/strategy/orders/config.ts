import { z } from 'zod';

/** Settings of how trades are entered and left; ranges are average true ranges of 14 sessions. */
export const orderRulesShape = {
  entry: z.enum(['open', 'limit']).default('open').describe('open = at the next open whatever it is; limit = next session, at not more than limitRanges below the close'),
  limitRanges: z.number().min(0).max(5).default(0.25).describe('how far below the close an entry is limited, in ranges; for entry: limit'),
  horizon: z.int().min(3).max(10).default(10).describe('sessions a trade lasts at most; it may be chosen anew the evening after it was closed'),
  minHorizon: z.int().min(0).max(10).default(3).describe('sessions before which only the stop or the target closes a trade'),
  stop: z.enum(['volatility', 'structure']).default('volatility').describe('volatility = stopRanges below the close; structure = a quarter of a range below the lowest low of structureSessions, where that is nearer and below the price that is to be paid'),
  stopRanges: z.number().gt(0).max(20).default(3).describe('distance of the stop from the close, in ranges'),
  structureSessions: z.int().min(5).max(120).default(20).describe('sessions whose lowest low holds a structure stop (sessions)'),
  targetRanges: z.number().gt(0).max(40).default(5).describe('distance of the target from the close, in ranges'),
  cooldown: z.int().min(0).max(20).default(3).describe('sessions after a stop in which the name is not entered again (sessions)'),
  trailingRanges: z.number().min(0).max(20).default(0).describe('distance of a stop that follows the highest close since the entry, in ranges; 0 = the stop stays where it is'),
};

type Distances = Pick<OrderRulesConfig, 'entry' | 'limitRanges' | 'stopRanges'>;

/** Settings by which nothing is bought at or below its stop. */
export const isStopBelowLimit = ({ entry, limitRanges, stopRanges }: Distances): boolean => entry === 'open' || limitRanges < stopRanges;

export const STOP_BELOW_LIMIT = { error: 'expected limitRanges below stopRanges where entries are limited', path: ['limitRanges'] };

export type OrderRulesConfig = z.infer<z.ZodObject<typeof orderRulesShape>>;
