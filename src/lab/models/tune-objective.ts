import type { EventStream } from '../../core/events.js';
import type { FitEvent, Forecaster } from '../../models/forecaster.js';
import type { ObjectiveEvent } from '../../training/tuner/tune.js';
import type { Lab } from '../open.js';
import { trainCheckpoint, type CheckpointRequest } from './train-checkpoint.js';

/** Names that kinds of models give to the rank correlation on the validation sessions. */
const RANK_IC = ['rank IC', 'rankIc'];

/**
 * What a trial is worth: the mean rank correlation of the model on the validation sessions, and of what it is after each epoch or round, where
 * these are told. Sessions after the one in which one stands are not read.
 */
export async function* validationRankIc(lab: Lab, forecaster: Forecaster, request: CheckpointRequest): EventStream<ObjectiveEvent<FitEvent>, number | null> {
  const stream = trainCheckpoint(lab, forecaster, request);
  let isOver = false;
  let networks = 0;
  try {
    for (;;) {
      const step = await stream.next();
      if (step.done) {
        isOver = true;
        const { card } = step.value;
        step.value.dispose();
        return card.validation?.rankIc ?? null;
      }
      if (step.value.kind === 'training' && step.value.event.kind === 'started') networks++;
      yield { kind: 'detail', detail: step.value };
      const report = reportOf(step.value);
      // of a model that is several networks, the first says whether the rest is worth while
      if (report !== null && networks <= 1) yield { kind: 'report', ...report };
    }
  } catch (error) {
    isOver = true;
    throw error;
  } finally {
    // by an error rather than by `return`, as a fit frees its network where it fails
    if (!isOver) await stream.throw(new Error('the trial was left')).catch(() => undefined);
  }
}

/** The rank correlation that an event tells of, and after how many epochs or rounds. */
function reportOf(told: FitEvent): { readonly step: number; readonly value: number | null } | null {
  if (told.kind === 'round') return found(told.round, told.validation);
  return told.kind === 'training' && told.event.kind === 'epoch' ? found(told.event.epoch + 1, told.event.validation) : null;
}

function found(step: number, figures: Readonly<Record<string, number | null>>): { step: number; value: number | null } | null {
  const name = RANK_IC.find((one) => Object.hasOwn(figures, one));
  return name === undefined ? null : { step, value: figures[name] };
}
