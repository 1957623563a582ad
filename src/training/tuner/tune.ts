import { describeError, InvariantError } from '../../core/errors.js';
import type { EventStream } from '../../core/events.js';
import { createRng } from '../../core/rng.js';
import { noPruner, type Pruner } from './pruners/pruner.js';
import { randomSampler } from './samplers/random.js';
import type { Sampler } from './samplers/sampler.js';
import { parseSpace, type SearchSpace, type TrialParams } from './search-space.js';
import { bestTrial, type Direction, type Trial } from './trial.js';

/** What an objective tells while it is evaluated. */
export type ObjectiveEvent<Detail> =
  /** Its value after a step, from 1 on, rising; an undefined one (`null`) is passed over. */
  | { readonly kind: 'report'; readonly step: number; readonly value: number | null }
  /** Something for whoever watches, passed on as it is. */
  | { readonly kind: 'detail'; readonly detail: Detail };

/** What is searched for: tells its value after each step and returns the one that counts, `null` where that is undefined. A pruned one is left by `return()`. */
export type Objective<Detail = never> = (params: TrialParams, trial: { readonly number: number }) => EventStream<ObjectiveEvent<Detail>, number | null>;

export type TrialEvent<Detail = never> =
  | { readonly kind: 'started'; readonly trial: Trial; readonly trials: number }
  | { readonly kind: 'report'; readonly trial: Trial; readonly step: number; readonly value: number }
  | { readonly kind: 'detail'; readonly trial: Trial; readonly detail: Detail }
  | { readonly kind: 'finished' | 'pruned' | 'failed'; readonly trial: Trial };

export interface TuneSettings {
  /** Points that are tried. */
  readonly trials: number;
  readonly seed: number;
  /** Whether more is better, or less; more unless given. */
  readonly direction?: Direction;
  /** Random unless given. */
  readonly sampler?: Sampler;
  /** None unless given. */
  readonly pruner?: Pruner;
  /** Whether an error ends only its trial, such as a rate at which nothing converges, and the search goes on. */
  readonly tolerates?: (error: unknown) => boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface TuneResult {
  /** All of them, in the order in which they began. */
  readonly trials: readonly Trial[];
  /** `null` where none finished with a value. */
  readonly best: Trial | null;
}

/**
 * Tries points of a space, one after the other, and ends those early that the pruner gives up.
 *
 * The same objective, space, settings and seed give the same trials: each draws from a stream of its own, and none runs beside another.
 * @throws ConfigError `BAD_SPACE`; what an objective throws and `tolerates` does not, after the event that its trial has failed
 */
export async function* tune<Detail = never>(objective: Objective<Detail>, space: SearchSpace, settings: TuneSettings): EventStream<TrialEvent<Detail>, TuneResult> {
  const { trials: count, seed, direction = 'maximize', sampler = randomSampler(), signal } = settings;
  if (!(Number.isInteger(count) && count >= 1)) throw new InvariantError(`expected a whole number of trials of at least 1, found ${count}`);
  const checked = parseSpace(space);
  const rng = createRng(seed).fork('tuner');
  const trials: Trial[] = [];
  while (trials.length < count) {
    signal?.throwIfAborted();
    const number = trials.length + 1;
    const params = sampler.sample(checked, { trials, direction }, rng.fork(`trial ${number}`));
    const begun: Trial = { number, params, state: 'running', reports: [], value: null, reason: null };
    yield { kind: 'started', trial: begun, trials: count };
    trials.push(yield* follow(objective(params, { number }), begun, trials, settings));
  }
  return { trials, best: bestTrial(trials, direction) };
}

/** One trial to its end, whichever that is. */
async function* follow<Detail>(stream: EventStream<ObjectiveEvent<Detail>, number | null>, begun: Trial, others: readonly Trial[], { direction = 'maximize', pruner = noPruner(), tolerates = () => false, signal }: TuneSettings): EventStream<TrialEvent<Detail>, Trial> {
  let trial = begun;
  try {
    for (let step = await stream.next(); ; step = await stream.next()) {
      signal?.throwIfAborted();
      if (step.done) {
        trial = { ...trial, state: 'finished', value: finite(step.value) };
        break;
      }
      if (step.value.kind === 'detail') {
        yield { kind: 'detail', trial, detail: step.value.detail };
        continue;
      }
      const reported = withReport(trial, step.value);
      if (reported === trial) continue;
      trial = reported;
      yield { kind: 'report', trial, ...trial.reports.at(-1)! };
      const reason = pruner.reasonToPrune(trial, others, direction);
      if (reason === null) continue;
      trial = { ...trial, state: 'pruned', reason };
      break;
    }
  } catch (error) {
    trial = { ...trial, state: 'failed', reason: describeError(error) };
    yield { kind: 'failed', trial };
    if (signal?.aborted === true || !tolerates(error)) throw error;
    return trial;
  } finally {
    await stream.return(null); // one that has ended passes over it
  }
  yield { kind: trial.state === 'pruned' ? 'pruned' : 'finished', trial };
  return trial;
}

function withReport(trial: Trial, { step, value }: { readonly step: number; readonly value: number | null }): Trial {
  const last = trial.reports.at(-1)?.step ?? 0;
  if (!(Number.isInteger(step) && step > last)) throw new InvariantError(`expected a whole step after ${last}, found ${step} in trial ${trial.number}`);
  const known = finite(value);
  return known === null ? trial : { ...trial, reports: [...trial.reports, { step, value: known }] };
}

const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);
