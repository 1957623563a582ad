import { setImmediate } from 'node:timers/promises';

import { builtIn } from '../../core/built-in.js';
import { ConfigError, DataError } from '../../core/errors.js';
import type { EventStream } from '../../core/events.js';
import type { Samples } from '../../dataset/samples.js';
import { choleskyFactor, choleskySolve } from '../../math/cholesky.js';
import { mean } from '../../math/stats.js';
import type { FitContext, FitEvent, FittedForecaster, Forecaster, JsonValue, TrainingData } from '../forecaster.js';
import { selectFeatures } from '../select-features.js';
import { sessionRankIcs } from '../session-rank-ics.js';
import { LinearRanks, linearScores, type RankCoefficients } from './linear-ranks.js';
import { rankedSessions, RankMomentSums, type RankMoments } from './rank-moments.js';

export interface RidgeOptions {
  /** Weight of the squared coefficients, in variances of a full rank (1/12), a sample; chosen on the validation sessions unless given. */
  readonly penalty?: number;
  /** Features to learn from; all that are given unless given. */
  readonly features?: readonly string[];
}

/** From a regression that all but forgets the penalty to one that all but weighs each feature by its own covariance with the label. */
const PENALTIES: readonly number[] = [0.001, 0.01, 0.1, 1, 10];
const RANK_VARIANCE = 1 / 12;
/** Sessions between two looks at what else waits to be done. */
const SESSIONS_AT_ONCE = 50;

/**
 * Linear regression of the label on the centred ranks of the features within their session, with an L2 penalty; a missing
 * feature counts as the middle rank. Where the penalty is not given, the one with the highest mean rank correlation on the
 * validation sessions is taken: the larger of equals, the largest where none is defined.
 *
 * @throws ConfigError `BAD_PENALTY`, `BAD_FEATURES`
 * @see Hoerl and Kennard (1970)
 */
export function ridge(options: RidgeOptions = {}): Forecaster {
  const { penalty = null, features = null } = checked(options);
  return builtIn<Forecaster>({
    name: 'ridge',
    describe: `linear regression on ranks, penalty ${penalty ?? 'chosen on the validation sessions'}`,
    params: { penalty, features },
    features,
    learns: true,
    fit: (data, context) => fitRidge(data, context, { penalty, features }),
    load: async (files) => LinearRanks.load('ridge', files),
    choosesOnValidation: penalty === null,
  });
}

async function* fitRidge(data: TrainingData, { signal }: FitContext, { penalty, features }: { penalty: number | null; features: readonly string[] | null }): EventStream<FitEvent, FittedForecaster> {
  const wanted = features ?? data.train.features;
  const [train, validation] = [data.train, data.validation].map((samples) => selectFeatures(samples, wanted, 'the samples to train ridge'));
  if (penalty === null && validation.length === 0) throw new DataError('expected validation samples to choose the penalty of ridge on, found none; give a penalty to do without', { code: 'NO_VALIDATION' });
  const moments = await gather(train, signal);
  const penalties = penalty === null ? PENALTIES : [penalty];
  const lines = penalties.map((one) => solve(moments, one));
  const rankIcs = penalty === null ? await validate(validation, lines, signal) : [null];
  for (const [round, rankIc] of rankIcs.entries()) {
    yield { kind: 'round', round: round + 1, rounds: penalties.length, validation: rankIc === null ? {} : { rankIc } };
    signal?.throwIfAborted();
  }
  const best = highest(rankIcs);
  const facts: Record<string, JsonValue> = { penalty: penalties[best], penaltyBy: penalty === null ? 'rank correlation on the validation sessions' : 'parameter', trainingSamples: moments.samples };
  if (penalty === null) facts['tried'] = penalties.map((one, at) => ({ penalty: one, validationRankIc: rankIcs[at] }));
  return new LinearRanks('ridge', wanted, lines[best], facts);
}

async function gather(samples: Samples, signal: AbortSignal | undefined): Promise<RankMoments> {
  const sums = new RankMomentSums(samples.features.length);
  const { y } = samples;
  if (y === null || !y.some((label) => !Number.isNaN(label))) throw new DataError('expected labels to train ridge on, found none', { code: 'NO_LABELS' });
  let done = 0;
  for (const ranked of rankedSessions(samples)) {
    sums.add(ranked, y.subarray(ranked.start, ranked.end));
    if (++done % SESSIONS_AT_ONCE === 0) await setImmediate();
    signal?.throwIfAborted();
  }
  return sums.moments();
}

/** Coefficients b that minimise mean (y − a − b·x)² + penalty / 12 · b·b. */
function solve({ gram, cross, means, labelMean }: RankMoments, penalty: number): RankCoefficients {
  const size = cross.length;
  const factor = choleskyFactor(gram.map((value, at) => (at % (size + 1) === 0 ? value + penalty * RANK_VARIANCE : value)), size);
  if (factor === null) throw new DataError(`expected features of which none is constant or follows from others, found ${size} that determine each other, in ridge with penalty ${penalty}; a larger penalty bears them`, { code: 'NOT_POSITIVE_DEFINITE', fields: { penalty } });
  const coefficients = choleskySolve(factor, cross).map((value) => value + 0); // −0 would not come back from a file
  const intercept = coefficients.reduce((rest, coefficient, feature) => rest - coefficient * means[feature], labelMean) + 0;
  return { intercept, coefficients };
}

/** Mean rank correlation of each line with the labels of the validation sessions, `null` where it is not defined. */
async function validate(samples: Samples, lines: readonly RankCoefficients[], signal: AbortSignal | undefined): Promise<(number | null)[]> {
  const scores = lines.map(() => new Float64Array(samples.length));
  let done = 0;
  for (const ranked of rankedSessions(samples)) {
    lines.forEach((line, at) => scores[at].set(linearScores(ranked, line), ranked.start));
    if (++done % SESSIONS_AT_ONCE === 0) await setImmediate();
    signal?.throwIfAborted();
  }
  return scores.map((one) => {
    const found = sessionRankIcs(samples, one);
    return found.length === 0 ? null : mean(found);
  });
}

/** Position of the highest value, the last of equals; the last of all where none is defined. */
function highest(values: readonly (number | null)[]): number {
  let best = values.length - 1;
  for (let at = values.length - 2; at >= 0; at--) if ((values[at] ?? -Infinity) > (values[best] ?? -Infinity)) best = at;
  return best;
}

function checked(options: RidgeOptions): RidgeOptions {
  const { penalty, features } = options;
  const unknown = Object.keys(options).filter((key) => key !== 'penalty' && key !== 'features');
  if (unknown.length > 0) throw new ConfigError(`expected the parameters penalty and features, found "${unknown.join('", "')}" in those of ridge`, { code: 'UNKNOWN_PARAMETER', fields: { forecaster: 'ridge', unknown } });
  if (penalty !== undefined && penalty !== null && !(Number.isFinite(penalty) && penalty >= 0)) throw new ConfigError(`expected a penalty of at least 0, found ${JSON.stringify(penalty)} in the parameters of ridge`, { code: 'BAD_PENALTY', fields: { penalty } });
  const areNames = (names: unknown): boolean => Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  if (features !== undefined && features !== null && !areNames(features)) throw new ConfigError(`expected a list of different features, found ${JSON.stringify(features)} in the parameters of ridge`, { code: 'BAD_FEATURES', fields: { features } });
  return options;
}
