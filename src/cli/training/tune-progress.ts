import type { FitEvent } from '../../models/forecaster.js';
import type { TrialEvent } from '../../training/tuner/tune.js';
import { TrainingProgress } from './training-progress.js';
import { endWords, figureWords, paramWords } from './tune-words.js';

interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Draws a search: a line that stays as a trial begins and one as it ends; on a terminal the bar of its training in between. */
export class TuneProgress {
  readonly #stream: ProgressStream;
  readonly #mark: string;
  #bar: TrainingProgress;
  #trials = 0;
  #best: number | null = null;

  constructor(stream: ProgressStream, { mark = '' }: { readonly mark?: string } = {}) {
    this.#stream = stream;
    this.#mark = mark;
    this.#bar = this.#newBar('');
  }

  show(event: TrialEvent<FitEvent>): void {
    const { trial } = event;
    switch (event.kind) {
      case 'started':
        this.#trials = event.trials;
        this.#line(`trial ${trial.number} of ${event.trials}: ${paramWords(trial.params)}`);
        this.#bar = this.#newBar(`trial ${trial.number} of ${event.trials}, `);
        return;
      case 'detail':
        return this.#bar.show(event.detail);
      case 'report':
        return;
      case 'finished':
      case 'pruned':
      case 'failed': {
        const isBest = event.kind === 'finished' && trial.value !== null && (this.#best === null || trial.value > this.#best);
        if (isBest) this.#best = trial.value;
        this.#line(`trial ${trial.number} of ${this.#trials} ${endWords(trial)}${isBest ? ', the best so far' : this.#best === null ? '' : `; the best so far ${figureWords(this.#best)}`}`);
      }
    }
  }

  /** Clears a bar that is still drawn. */
  end(): void {
    this.#bar.end();
  }

  #newBar(before: string): TrainingProgress {
    return new TrainingProgress(this.#stream, { mark: `${this.#mark}${before}`, onlyBar: true });
  }

  #line(text: string): void {
    this.end();
    this.#stream.write(`${this.#mark}${text}\n`);
  }
}
