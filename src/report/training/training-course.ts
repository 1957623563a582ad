import type { FitEvent } from '../../models/forecaster.js';
import type { EpochRecord, TrainEvent } from '../../training/task.js';

/** An epoch that is over, as the trainer told it; its step counts those of networks before it too. */
export interface EpochPoint extends EpochRecord {
  /** Which of the networks that are learnt one after the other, from 0. */
  readonly network: number;
  /** Whether it is the best so far by what is watched. */
  readonly isBest: boolean;
  readonly seconds: number;
}

/** A stretch of steps: its last step, mean loss, the rate at its end. */
export interface StepPoint {
  readonly step: number;
  readonly loss: number;
  readonly rate: number;
}

/** The epoch under way. */
export interface EpochUnderWay {
  readonly network: number;
  readonly epoch: number;
  readonly step: number;
  readonly batch: number;
  readonly batches: number;
  /** Mean loss of the steps of the epoch that were told. */
  readonly loss: number;
  readonly rate: number;
  /** Norm of the last gradient before it was clipped. */
  readonly norm: number;
}

/** Rounds of a model that is no network. */
export type Rounds = Pick<Extract<FitEvent, { kind: 'round' }>, 'round' | 'rounds' | 'validation'>;

/** Points that a curve keeps: more than a chart has pixels to show, few enough to store. */
const MOST_POINTS = 400;
/** Span over which speeds are measured (milliseconds), and between two marks in it. */
const SPEED_SPAN = { longest: 15_000, apart: 200 };

interface Mark {
  readonly at: number;
  readonly step: number;
  /** Batches since the beginning. */
  readonly batches: number;
}

interface Stretch {
  readonly steps: number;
  readonly sum: number;
}

/**
 * What is to be told of a training under way: where it stands, how fast it goes, its curves, thinned as they grow. Of networks that
 * are learnt one after the other the steps go on counting.
 */
export class TrainingCourse {
  readonly #epochs: EpochPoint[] = [];
  #points: StepPoint[] = [];
  #stepsAPoint = 1;
  #stretch: Stretch = { steps: 0, sum: 0 };
  #underWay: EpochUnderWay | null = null;
  #ofEpoch: Stretch = { steps: 0, sum: 0 };
  #marks: Mark[] = [];
  #starts = 0;
  /** Steps of the networks before, and of this one. */
  #before = 0;
  #own = 0;

  /** How many numbers are learnt; `null` before that is known. */
  parameters: number | null = null;
  /** Where the network goes on whose training had been cut off; `null` for one from the start. */
  resumed: { readonly epoch: number; readonly step: number } | null = null;
  rounds: Rounds | null = null;
  /** The last step that is kept, so that one can go on from it: of which network, and how many of its own. */
  kept: { readonly network: number; readonly step: number } | null = null;
  /** Why it ended; `null` while it goes on. */
  stopped: string | null = null;

  get epochs(): readonly EpochPoint[] {
    return this.#epochs;
  }

  get points(): readonly StepPoint[] {
    return this.#points;
  }

  /** `null` between two epochs. */
  get underWay(): EpochUnderWay | null {
    return this.#underWay;
  }

  /** Steps that were told of, those before a checkpoint that it went on from included. */
  get step(): number {
    return this.#before + this.#own;
  }

  /** Which of the networks that are learnt one after the other, from 0. */
  get network(): number {
    return Math.max(0, this.#starts - 1);
  }

  /** @param now milliseconds of any clock that only goes forward */
  heed(told: FitEvent | TrainEvent, now: number): void {
    const event = told.kind === 'training' ? told.event : told;
    switch (event.kind) {
      case 'started':
        return this.#start(event);
      case 'step':
        return this.#step(event, now);
      case 'epoch': {
        const { kind: _, ...point } = event;
        this.#own = event.step;
        this.#epochs.push({ ...point, step: this.step, network: this.network });
        return this.#pause();
      }
      case 'checkpoint':
        if (event.reason !== 'best') this.kept = { network: this.network, step: this.#own };
        return;
      case 'round':
        this.rounds = event;
        return;
      case 'stopped':
        this.stopped = event.reason;
    }
  }

  /** Steps a second, lately; `null` before that can be said. */
  get speed(): number | null {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    return first === undefined || last === undefined || last.at <= first.at ? null : (1000 * (last.step - first.step)) / (last.at - first.at);
  }

  /** Until the last batch of the epoch, at the speed of late; `null` before that can be said. */
  get secondsLeft(): number | null {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (this.#underWay === null || first === undefined || last === undefined || last.batches <= first.batches) return null;
    return ((this.#underWay.batches - this.#underWay.batch) * (last.at - first.at)) / (last.batches - first.batches) / 1000;
  }

  #start({ parameters, epoch, step, resumed }: Extract<TrainEvent, { kind: 'started' }>): void {
    this.#before = this.step;
    this.#own = step;
    this.#starts++;
    this.parameters = parameters;
    this.resumed = resumed ? { epoch, step } : null;
    if (resumed) this.kept = { network: this.network, step };
    this.stopped = null;
    this.#pause();
  }

  /** Between two epochs time goes by in which nothing is learnt. */
  #pause(): void {
    this.#underWay = null;
    this.#ofEpoch = { steps: 0, sum: 0 };
    this.#marks = [];
  }

  #step({ epoch, step: own, batch, batches, loss, rate, norm }: Extract<TrainEvent, { kind: 'step' }>, now: number): void {
    this.#own = own;
    const { step, network } = this;
    this.#ofEpoch = { steps: this.#ofEpoch.steps + 1, sum: this.#ofEpoch.sum + loss };
    this.#underWay = { network, epoch, step, batch, batches, loss: this.#ofEpoch.sum / this.#ofEpoch.steps, rate, norm };
    this.#mark({ at: now, step, batches: epoch * batches + batch });
    this.#stretch = { steps: this.#stretch.steps + 1, sum: this.#stretch.sum + loss };
    if (this.#stretch.steps < this.#stepsAPoint) return;
    this.#points.push({ step, loss: this.#stretch.sum / this.#stretch.steps, rate });
    this.#stretch = { steps: 0, sum: 0 };
    if (this.#points.length < MOST_POINTS) return;
    this.#points = this.#points.flatMap((point, i) => (i % 2 === 0 ? [] : [{ ...point, loss: (this.#points[i - 1].loss + point.loss) / 2 }]));
    this.#stepsAPoint *= 2;
  }

  #mark(mark: Mark): void {
    const last = this.#marks.at(-1);
    if (last !== undefined && mark.at - last.at < SPEED_SPAN.apart) return;
    this.#marks = [...this.#marks.filter(({ at }) => mark.at - at <= SPEED_SPAN.longest), mark];
  }
}
