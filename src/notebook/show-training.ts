import type { EventStream } from '../core/events.js';
import type { FitEvent } from '../models/forecaster.js';
import { formatCount, formatValue } from '../report/format.js';
import { html } from '../report/html.js';
import { TrainingCourse } from '../report/training/training-course.js';
import { trainingFigure } from '../report/training/training-figure.js';
import { epochWords, networkWords, roundWords, startWords, underWayWords, validationWords } from '../report/training/training-words.js';
import type { TrainEvent } from '../training/task.js';
import { liveOutput, type LiveOutput } from './live-output.js';
import { mimeBundles, shownText, type MimeBundle } from './mime-bundle.js';
import type { Shown } from './shown.js';

export interface ShowTrainingOptions {
  /** Milliseconds between two drawings, 500 unless given. */
  readonly every?: number;
}

/** Epochs that are listed while a training goes on. */
const LISTED = 8;

/**
 * Runs a training and shows it meanwhile: in a notebook one output that is drawn anew while the cell runs and ends as its curves by step;
 * elsewhere a line for each epoch, or every few rounds.
 *
 * What stays in the notebook says nothing of times, so that the same training leaves the same output.
 * @param stream of `train`, or of a forecaster's `fit`
 * @returns what the stream ends with
 */
export async function showTraining<Result>(stream: EventStream<FitEvent | TrainEvent, Result>, { every = 500 }: ShowTrainingOptions = {}): Promise<Result> {
  const course = new TrainingCourse();
  const view = viewOf(course, every);
  try {
    for (;;) {
      const step = await stream.next();
      if (step.done) {
        view.end(null);
        return step.value;
      }
      course.heed(step.value, performance.now());
      view.told(step.value);
    }
  } catch (error) {
    view.end(error);
    throw error;
  }
}

/** How a training is shown in one place. */
interface View {
  told(event: FitEvent | TrainEvent): void;
  /** @param error what ended it; `null` where it came to its end */
  end(error: unknown): void;
}

function viewOf(course: TrainingCourse, every: number): View {
  const output = liveOutput();
  return output === null ? printed(course) : drawnAnew(course, output, every);
}

function drawnAnew(course: TrainingCourse, output: LiveOutput, every: number): View {
  let drawn = -Infinity;
  return {
    told() {
      if (performance.now() - drawn < every) return;
      drawn = performance.now();
      output.draw(underWayBundle(course));
    },
    end(error) {
      const [first, ...others] = mimeBundles({ toShown: () => trainedShown(course, error) });
      output.draw(first);
      for (const one of others) output.add(one);
    },
  };
}

/** Rounds between two lines. */
const ROUNDS_A_LINE = 25;

function printed(course: TrainingCourse): View {
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  return {
    told(told) {
      const event = told.kind === 'training' ? told.event : told;
      if (event.kind === 'started') line(startWords(course));
      else if (event.kind === 'epoch') line(epochWords(course.epochs.at(-1)!));
      else if (event.kind === 'round' && event.round % ROUNDS_A_LINE === 0) line(roundWords(event));
    },
    end: (error) => line(shownText(trainedShown(course, error))),
  };
}

function underWayBundle(course: TrainingCourse): MimeBundle {
  const { underWay, rounds, epochs } = course;
  const [done, all] = underWay !== null ? [underWay.batch, underWay.batches] : rounds !== null ? [rounds.round, rounds.rounds] : [0, 1];
  const words = underWayWords(course) ?? (rounds === null ? (course.parameters === null ? 'beginning' : startWords(course)) : roundWords(rounds));
  const lines = epochs.slice(-LISTED).reverse().map(epochWords);
  return {
    'text/html': String(html`<div><progress value="${done}" max="${all}" style="width:18em"></progress> ${words}</div>${lines.length === 0 ? null : html`<pre style="margin:0.5em 0 0">${lines.join('\n')}</pre>`}`),
    'text/plain': [words, ...lines].join('\n'),
  };
}

/** What stays of a training. */
function trainedShown(course: TrainingCourse, error: unknown): Shown {
  const { epochs, points, rounds, stopped } = course;
  const best = epochs.filter(({ isBest, network }, i) => isBest && !epochs.slice(i + 1).some((later) => later.isBest && later.network === network));
  const figure = trainingFigure({ epochs, points });
  const learnt = epochs.length > 0 || points.length > 0 ? `${formatCount(epochs.length, 'epoch')}, ${formatCount(course.step, 'step')}` : rounds === null ? 'nothing was learnt' : roundWords(rounds);
  const end = error === null ? (stopped === null ? '' : `: ${stopped}`) : `, ended by: ${error instanceof Error ? error.message : String(error)}`;
  return {
    text: [`Training: ${learnt}${end}.`, ...best.map(({ network, epoch, train, validation }) => `The best was ${networkWords(network)}epoch ${epoch}: loss ${formatValue(train)}${validationWords(validation)}.`)],
    ...(figure === null ? {} : { figures: [figure] }),
  };
}
