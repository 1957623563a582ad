import { AppError, ConfigError, DataError } from '../../core/errors.js';
import type { EventStream } from '../../core/events.js';
import type { FitEvent, Forecaster } from '../../models/forecaster.js';
import { createForecaster, FORECASTERS, type ForecasterFactory, type ForecasterParams } from '../../models/registry.js';
import { countTrials } from '../../tracking/count-trials.js';
import type { Pruner } from '../../training/tuner/pruners/pruner.js';
import type { Sampler } from '../../training/tuner/samplers/sampler.js';
import type { SearchSpace } from '../../training/tuner/search-space.js';
import type { Trial } from '../../training/tuner/trial.js';
import { tune, type TrialEvent } from '../../training/tuner/tune.js';
import type { Lab } from '../open.js';
import type { CheckpointRequest } from './train-checkpoint.js';
import { trainingFor } from './training-tables.js';
import { validationRankIc } from './tune-objective.js';
import { TRIAL_FIGURE, tuneExperiment, TuneRecord } from './tune-record.js';

export interface TuneRequest extends Omit<CheckpointRequest, 'end'> {
  /** Kind of model, as in the registry. */
  readonly kind: string;
  readonly registry?: Readonly<Record<string, ForecasterFactory>>;
  /** Parameters that are the same in every trial. */
  readonly fixed?: ForecasterParams;
  readonly space: SearchSpace;
  readonly trials: number;
  readonly pruner: Pruner;
  readonly sampler?: Sampler;
  /** Session in which one stands: outcomes known by then are learnt from and judged by, nothing later is read. */
  readonly end: string;
  /** Whether trials are kept as runs; they are unless it is only tried whether anything runs. */
  readonly isRecorded?: boolean;
}

/** What a search found. */
export interface ForecasterTuning {
  readonly trials: readonly Trial[];
  readonly best: Trial;
  /** All parameters of the best trial. */
  readonly params: ForecasterParams;
  /** The best one, to be trained for good; validation sessions have chosen it. */
  readonly forecaster: Forecaster;
  /** What a card has to say of the search. */
  readonly note: string;
  /** Runs of the trials; `null` where they are not kept. */
  readonly experiment: string | null;
  /** Configurations that this experiment has seen in all, those of earlier searches too. */
  readonly counted: number;
}

/**
 * Searches the parameters of a kind of model: each trial learns from the training sessions of the span and is judged on the validation sessions
 * by its rank correlation. All trials learn with the same seed, so the best trained again is the same model.
 *
 * A trial whose parameters do not go together, or at whose rate nothing converges, has failed, and the search goes on.
 * @throws ConfigError `BAD_SPACE`, `FIXED_AND_SEARCHED`, the factory's own where it takes the parameters of no trial; DataError `NO_TRIAL_VALUE` where no trial has a value
 */
export async function* tuneForecaster(lab: Lab, request: TuneRequest): EventStream<TrialEvent<FitEvent>, ForecasterTuning> {
  const { kind, fixed = {}, space, trials: count, pruner, sampler, isRecorded = true, context } = request;
  requireApart(fixed, space);
  const forecasters = new TrialForecasters(request);
  const record = isRecorded ? new TuneRecord(lab, kind, spanOf(request, createForecaster(kind, fixed, request.registry))) : null;
  const stream = tune<FitEvent>(async function* (params, { number }) {
    return yield* validationRankIc(lab, forecasters.of(number, params), request);
  }, space, { trials: count, seed: context.seed, pruner, ...(sampler ? { sampler } : {}), tolerates: (error) => forecasters.hasRefused(error) || isDivergence(error), signal: context.signal });
  try {
    let step = await stream.next();
    for (; !step.done; step = await stream.next()) {
      await heed(step.value, record, forecasters);
      yield step.value;
    }
    const { trials, best } = step.value;
    forecasters.requireAny();
    if (best === null) throw new DataError(`expected a trial with a defined ${TRIAL_FIGURE}, found none among ${trials.length}${firstReason(trials)}`, { code: 'NO_TRIAL_VALUE', fields: { kind, trials: trials.length } });
    const experiment = isRecorded ? tuneExperiment(lab, kind) : null;
    return { trials, best, params: { ...fixed, ...best.params }, forecaster: forecasters.of(best.number, best.params), note: noteOf(trials, pruner), experiment, counted: experiment === null ? trials.length : await countTrials(lab.tracker, experiment) };
  } finally {
    await stream.return(undefined as never);
    await record?.leave();
  }
}

/** Makes the forecasters of trials, each once. */
class TrialForecasters {
  readonly #made = new Map<number, Forecaster>();
  readonly #refused = new Set<ConfigError>();
  readonly #request: TuneRequest;

  constructor(request: TuneRequest) {
    this.#request = request;
  }

  of(number: number, params: ForecasterParams): Forecaster {
    const made = this.#made.get(number);
    if (made !== undefined) return made;
    const { kind, fixed = {}, registry = FORECASTERS } = this.#request;
    try {
      const forecaster = createForecaster(kind, { ...fixed, ...params }, registry);
      this.#made.set(number, forecaster);
      return forecaster;
    } catch (error) {
      if (error instanceof ConfigError) this.#refused.add(error);
      throw error;
    }
  }

  /** Whether parameters that do not go together were what an error was about. */
  hasRefused(error: unknown): boolean {
    return error instanceof ConfigError && this.#refused.has(error);
  }

  /** What the first was refused for where all were, such as a name that does not exist. */
  requireAny(): void {
    const [first] = this.#refused;
    if (this.#made.size === 0 && first !== undefined) throw first;
  }
}

/** Keeps what a trial tells; nothing of one whose parameters do not go together: there was nothing to try. */
async function heed(event: TrialEvent<FitEvent>, record: TuneRecord | null, forecasters: TrialForecasters): Promise<void> {
  if (record === null) return;
  const { trial } = event;
  if (event.kind === 'started') {
    const forecaster = orNull(() => forecasters.of(trial.number, trial.params));
    if (forecaster !== null) await record.begin(forecaster, trial);
  } else if (event.kind === 'report') await record.report(event.step, event.value);
  else if (event.kind !== 'detail') await record.end(trial);
}

/** The objective meets the same error and tells it. */
function orNull<Value>(make: () => Value): Value | null {
  try {
    return make();
  } catch {
    return null;
  }
}

function spanOf({ settings, start, end, context }: TuneRequest, forecaster: Forecaster): ConstructorParameters<typeof TuneRecord>[2] {
  return { settings: trainingFor(forecaster, settings), end, seed: context.seed, ...(start === undefined ? {} : { start }), ...(context.training === undefined ? {} : { limits: context.training }) };
}

const isDivergence = (error: unknown): boolean => error instanceof AppError && error.code === 'DIVERGED';

function requireApart(fixed: ForecasterParams, space: SearchSpace): void {
  const both = Object.keys(fixed).filter((name) => Object.hasOwn(space, name));
  if (both.length > 0) throw new ConfigError(`expected a parameter either given or searched, found both for "${both.join('", "')}"`, { code: 'FIXED_AND_SEARCHED', fields: { parameters: both } });
}

function firstReason(trials: readonly Trial[]): string {
  const failed = trials.find(({ state }) => state === 'failed');
  return failed === undefined ? ': none ranks the names of a validation session with at least 20; more names, or smaller leaves, may help' : `; the first that failed: ${failed.reason ?? 'no reason is known'}`;
}

function noteOf(trials: readonly Trial[], pruner: Pruner): string {
  const countOf = (state: Trial['state']): number => trials.filter((trial) => trial.state === state).length;
  const parts = [`${countOf('pruned')} ended early by the pruner "${pruner.name}"`, ...(countOf('failed') > 0 ? [`${countOf('failed')} failed`] : [])];
  return `Parameters chosen by the validation sessions, the best of ${trials.length} trial${trials.length === 1 ? '' : 's'} (${parts.join(', ')}): its figures on these sessions are flattered.`;
}
