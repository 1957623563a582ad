import { ConfigError } from '../../core/errors.js';
import { Booster } from './binding/booster.js';
import { Dataset } from './binding/dataset.js';
import { listenToLog } from './binding/log.js';
import { loadNative, type Native } from './binding/native.js';
import { gradesOf } from './grades.js';
import type { LabelledTaskSamples, TrainMessage, TrainResult, TrainTask } from './ranker-tasks.js';
import { Watch } from './watch.js';

/** How training ended. */
interface Ending {
  readonly rounds: number;
  readonly reason: string | null;
}

/**
 * Learns a model, on this thread and without a pause: events leave by the port, the order to stop comes over shared memory.
 * What LightGBM holds is freed before it returns.
 *
 * @throws ConfigError `UNKNOWN_PARAMETER` for a further parameter that LightGBM does not know; the order to stop as an Error
 */
export function train(task: TrainTask): TrainResult {
  const native = loadNative(task.library);
  const warnings: string[] = [];
  using _log = listenToLog(native, (line) => void warnings.push(...warningIn(line)));
  using data = dataset(native, task, task.train);
  requireKnownParameters(warnings);
  const { watched } = task;
  using validation = watched === null ? null : dataset(native, task, watched.samples, data);
  using booster = Booster.create(native, data, task.parameters, validation === null ? [] : [validation]);
  requireKnownParameters(warnings);
  const watch = watched === null ? null : new Watch(booster, watched.samples, watched.stopping);
  const { rounds, reason } = learn(booster, task, watch);
  const best = watch === null || watch.best === 0 ? rounds : watch.best;
  const post = (message: TrainMessage): void => task.events.postMessage(message);
  if (reason !== null) post({ kind: 'stopped', round: rounds, best, reason });
  post(null);
  return { text: booster.text(best), rounds, best, reason, validation: watch?.bestFigures ?? {}, gains: booster.importance('gain', best), warnings: [...new Set(warnings)] };
}

function learn(booster: Booster, { rounds, stop, events }: TrainTask, watch: Watch | null): Ending {
  for (let round = 1; round <= rounds; round++) {
    if (Atomics.load(stop, 0) !== 0) throw new Error('told to stop');
    if (!booster.update()) return { rounds: booster.rounds, reason: 'nothing left to split' };
    events.postMessage({ kind: 'round', round, rounds, validation: watch?.look(round) ?? {} } satisfies TrainMessage);
    const reason = watch?.reasonToStop(round) ?? null;
    if (reason !== null && round < rounds) return { rounds: round, reason };
  }
  return { rounds, reason: null };
}

function dataset(native: Native, { parameters, features, grades, stop }: TrainTask, { x, y, length, counts }: LabelledTaskSamples, reference?: Dataset): Dataset {
  if (Atomics.load(stop, 0) !== 0) throw new Error('told to stop');
  const label = grades === null ? Float32Array.from(y) : gradesOf(y, counts, grades);
  return new Dataset(native, { values: x, rows: length, columns: features.length, major: 'feature' }, {
    parameters,
    label,
    names: features,
    ...(grades === null ? {} : { group: counts }),
    ...(reference === undefined ? {} : { reference }),
  });
}

function warningIn(line: string): string[] {
  const found = /\[Warning\]\s*(.*)/.exec(line);
  return found === null ? [] : [found[1].trim()];
}

function requireKnownParameters(warnings: readonly string[]): void {
  const unknown = warnings.flatMap((warning) => /^Unknown parameter:?\s*(.*)$/i.exec(warning)?.[1] ?? []);
  if (unknown.length > 0) throw new ConfigError(`expected parameters that LightGBM knows, found "${unknown.join('", "')}"`, { code: 'UNKNOWN_PARAMETER', fields: { unknown } });
}
