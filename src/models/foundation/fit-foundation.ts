import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { EpochDay } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import type { EventStream } from '../../core/events.js';
import { createRng, type Rng } from '../../core/rng.js';
import type { Samples } from '../../dataset/samples.js';
import { openBackend, type BackendReport } from '../../tensor/backend.js';
import { restoreCheckpoint } from '../../tensor/checkpoint/checkpoint.js';
import { cosine } from '../../tensor/optim/schedules.js';
import { disposeTree, parameterCount, variables } from '../../tensor/parameters.js';
import type { TrainResult } from '../../training/task.js';
import { train } from '../../training/trainer.js';
import type { FitContext, FitEvent, JsonValue, TrainingData } from '../forecaster.js';
import { MAX_HORIZON, type FoundationSettingsConfig } from './config.js';
import { FittedFoundation } from './fitted-foundation.js';
import { initFoundation, type Foundation } from './foundation.js';
import { foundationBatches, type TargetedSessions } from './foundation-batches.js';
import { foundationTask } from './foundation-task.js';
import { SampleSessions } from './sample-sessions.js';
import { BackgroundReader, type SessionReader } from './session-reader.js';
import { LabelTargets } from './session-targets.js';
import { mainOf, networkOf, type FoundationShape } from './shape.js';

/** Steps from one checkpoint to resume from to the next. */
const CHECKPOINT_EVERY = 50;
/** Rate at the end, in the highest. */
const FLOOR = 0.02;

interface Sessions {
  readonly reader: SessionReader;
  readonly train: TargetedSessions;
  readonly validation: TargetedSessions | null;
}

/**
 * Learns a foundation model: as many networks as there are members, one after the other, each kept at its best validation loss.
 * @throws DataError `NO_LABELS`, `WRONG_LABELS` for labels that are no returns or reach too far
 */
export async function* fitFoundation(settings: FoundationSettingsConfig, data: TrainingData, context: FitContext): EventStream<FitEvent, FittedFoundation> {
  context.signal?.throwIfAborted();
  requireLabels(data);
  const backend = await openBackend();
  const shape = shapeOf(settings, data);
  const sessions = sessionsOf(shape, data);
  const rng = createRng(context.seed).fork('foundation');
  const [networks, results]: [Foundation[], TrainResult[]] = [[], []];
  let isWhole = false;
  try {
    for (let member = 0; member < settings.members; member++) {
      const fitted = yield* fitMember(shape, sessions, { member, rng: rng.fork(`member ${member}`), context });
      networks.push(fitted.network);
      results.push(fitted.result);
    }
    isWhole = true;
    return new FittedFoundation({ shape, networks, facts: factsOf(shape, sessions.reader, networks, { results, backend }) });
  } finally {
    if (!isWhole) networks.forEach(disposeTree); // an error, or the reader has left
  }
}

async function* fitMember(shape: FoundationShape, sessions: Sessions, { member, rng, context }: { readonly member: number; readonly rng: Rng; readonly context: FitContext }): EventStream<FitEvent, { network: Foundation; result: TrainResult }> {
  const { settings } = shape;
  const config = networkOf(shape);
  const network = variables(initFoundation(config, rng.fork('weights')));
  const { maxEpochs, checkpoints: kept, ...limits } = context.training ?? {};
  const folder = kept ? join(kept.folder, `member-${member}`) : await mkdtemp(join(tmpdir(), 'swinglab-foundation-'));
  const batches = foundationBatches({ ...sessions, stride: settings.stride, rng: rng.fork('order') });
  const epochs = maxEpochs ?? settings.epochs;
  const steps = epochs * batches.count;
  const stream = train(foundationTask({ config, params: network, losses: settings, main: mainOf(shape) }), batches, {
    rate: settings.rate,
    schedule: cosine({ steps: Math.max(steps, 1), warmUp: Math.floor(settings.warmUp * steps), floor: FLOOR }),
    optimizer: { weightDecay: settings.weightDecay, clipNorm: settings.clip },
    maxEpochs: epochs,
    ...(settings.patience === null || sessions.validation === null ? {} : { patience: settings.patience }),
    seed: context.seed + member,
    checkpoints: { every: CHECKPOINT_EVERY, ...kept, folder },
    ...limits,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  let isWhole = false;
  try {
    let step = await stream.next();
    for (; !step.done; step = await stream.next()) yield { kind: 'training', event: step.value };
    const result = step.value;
    result.optimizer.dispose();
    if (result.files?.best) restoreCheckpoint(await readFile(result.files.best), { parameters: network }, result.files.best);
    isWhole = true;
    return { network, result };
  } finally {
    await stream.return(undefined as never); // an ended one does nothing
    if (!isWhole) disposeTree(network);
    if (!kept) await rm(folder, { recursive: true, force: true });
  }
}

/** @throws DataError */
function requireLabels({ train: { y, background }, horizon }: TrainingData): void {
  if (y === null || y.length === 0) throw new DataError('expected labels, found samples that have none among those to learn from', { code: 'NO_LABELS' });
  if (horizon > MAX_HORIZON) throw new DataError(`expected labels over at most ${MAX_HORIZON} sessions, found a horizon of ${horizon}`, { code: 'WRONG_LABELS', fields: { horizon } });
  const kind = background?.labels?.kind;
  if (kind !== undefined && kind !== 'return') throw new DataError(`expected labels that are returns, as their quantiles are foretold (the order within a session is learnt from them too), found labels of kind "${kind}"; leave out "${kind === 'rank' ? 'rank: true' : 'barriers'}"`, { code: 'WRONG_LABELS', fields: { kind } });
}

function shapeOf(settings: FoundationSettingsConfig, { train: { features, background }, horizon }: TrainingData): FoundationShape {
  const horizons = [...new Set([...settings.horizons, horizon])].sort((a, b) => a - b);
  const sectorNames = background ? [...new Set(background.sectors)].filter((name) => name !== '').sort() : [];
  return { settings, features, horizons, horizon, sectorNames, readsBackground: background !== undefined };
}

function sessionsOf(shape: FoundationShape, { train: samples, validation, horizon }: TrainingData): Sessions {
  const { settings: { past, graph, graphLayers }, horizons, sectorNames } = shape;
  const { background } = samples;
  const days = ({ sessions }: Samples): readonly EpochDay[] => Array.from(sessions);
  const hasValidation = validation.length > 0 && validation.y !== null;
  if (!background) {
    const sizes = { past, horizons: horizons.length, main: horizons.indexOf(horizon) };
    const [own, judged] = [new SampleSessions(samples, sizes), new SampleSessions(validation, sizes)];
    const reader: SessionReader = { read: (day) => own.read(day) ?? judged.read(day) };
    return { reader, train: { days: days(samples), targets: own }, validation: hasValidation ? { days: days(validation), targets: judged } : null };
  }
  const targeted = (part: Samples): TargetedSessions => {
    const found = days(part);
    return { days: found, targets: new LabelTargets(background.labels!, horizons, found) };
  };
  const reader = new BackgroundReader(background, { past, graph: graphLayers > 0 ? graph : null, sectorNames });
  return { reader, train: targeted(samples), validation: hasValidation ? targeted(validation) : null };
}

 
function factsOf(shape: FoundationShape, reader: SessionReader, networks: readonly Foundation[], { results, backend: { name } }: { readonly results: readonly TrainResult[]; readonly backend: BackendReport }): Readonly<Record<string, JsonValue>> {
  const members = results.map(({ history, best, steps, reason: stopped }) => ({ epochs: history.length, steps, best: best === null ? null : best.epoch + 1, stopped, history: history.map(({ train: loss, validation }) => ({ train: loss, ...validation })) }));
  const reads = reader instanceof BackgroundReader ? 'the past of each stock and the graph of each session' : 'the samples alone: they came without their past';
  return { parameters: parameterCount(networks[0]), reads, sessionsWithoutGraph: reader instanceof BackgroundReader ? reader.withoutGraph : 0, members, horizons: shape.horizons, backend: name };
}
