import { codeFingerprint } from '../../core/code-fingerprint.js';
import { hashJson } from '../../core/hash.js';
import { marketDataHash } from '../../data/market.js';
import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import type { TrainingConfig } from '../../models/config.js';
import type { Forecaster, TrainingLimits } from '../../models/forecaster.js';
import type { TrackedRun } from '../../tracking/tracker.js';
import type { Trial } from '../../training/tuner/trial.js';
import type { Lab } from '../open.js';
import { flatParams } from '../research/flat-params.js';
import { labelOptions } from './training-tables.js';

/** What all trials of a search have in common. */
export interface TuneSpan {
  readonly settings: TrainingConfig;
  /** First session learnt from; the last `settings.train` when absent. */
  readonly start?: string;
  /** Session in which one stands. */
  readonly end: string;
  /** Of every fit. */
  readonly seed: number;
  readonly limits?: TrainingLimits;
}

/** The figure that trials are compared by. */
export const TRIAL_FIGURE = 'validation rank IC';

/** Runs among which the trials of a kind of model are recorded; those on a made-up market stand apart. */
export function tuneExperiment(lab: Lab, kind: string): string {
  return `tune-${kind}${lab.config.config.data.source === 'synthetic' ? '-synthetic' : ''}`;
}

/**
 * The trials of a search as runs, each while it goes on. One that was pruned ends as finished, as it was judged like any other and counts like
 * any other; its reason says at which step. One without an end, of whatever kind, ends as failed.
 */
export class TuneRecord {
  readonly #lab: Lab;
  readonly #experiment: string;
  readonly #span: TuneSpan;
  #run: TrackedRun | null = null;

  constructor(lab: Lab, kind: string, span: TuneSpan) {
    this.#lab = lab;
    this.#experiment = tuneExperiment(lab, kind);
    this.#span = span;
  }

  async begin(forecaster: Forecaster, trial: Trial): Promise<void> {
    const { seed } = this.#span;
    const data = { market: marketDataHash(await this.#lab.store.manifest()) };
    this.#run = await this.#lab.tracker.start({ experiment: this.#experiment, name: `${forecaster.name} trial ${trial.number}`, params: paramsOf(this.#lab, forecaster, this.#span), seed, data, code: await codeFingerprint(), tags: { trial: String(trial.number) } });
  }

  async report(step: number, value: number): Promise<void> {
    await this.#run?.logMetrics({ [`step/${TRIAL_FIGURE}`]: value }, step);
  }

  async end({ state, value, reports, reason }: Trial): Promise<void> {
    const run = this.#run;
    this.#run = null;
    if (run === null) return;
    const figure = state === 'finished' ? value : (reports.at(-1)?.value ?? null);
    if (state !== 'failed') await run.logMetrics({ [TRIAL_FIGURE]: figure, steps: reports.at(-1)?.step ?? 0, pruned: state === 'pruned' ? 1 : 0 });
    if (state === 'failed') await run.end('failed', reason ?? 'no reason is known');
    else await run.end('finished', ...(reason === null ? [] : [`pruned: ${reason}`]));
  }

  /** Ends a trial that is still open: whoever read the search has left. */
  async leave(): Promise<void> {
    const run = this.#run;
    this.#run = null;
    await run?.end('failed', 'the search was left before this trial ended');
  }
}

/** All that was chosen, under the names that the parameters of other trainings have. */
function paramsOf(lab: Lab, { name, params, features }: Forecaster, { settings, start, end, limits }: TuneSpan): ReturnType<typeof flatParams> {
  const { checkpoints: _, gradientsEvery: __, ...within } = limits ?? {};
  const wanted = features ?? resolveFeatures(settings.features, FEATURES, lab.config.config.features.sets).map((feature) => feature.name);
  const { normalize, train, validation, ...rest } = settings;
  return flatParams({ forecaster: name, model: params, features: wanted.length, featureNames: hashJson(wanted).slice(0, 12), labelSettings: labelOptions(rest), horizon: rest.horizon, normalization: normalize, validation, start: start ?? null, ...(start === undefined ? { sessions: train } : {}), end, within });
}
