import type { CrossFitEvent } from '../../lab/research/cross-fit.js';
import type { CliContext } from '../context.js';
import { TrainingProgress } from '../training/training-progress.js';

/** Tells the folds of a walk-forward, a line each; on a terminal a bar shows how far the model of a fold is. */
export class FoldProgress {
  readonly #context: CliContext;
  #progress: TrainingProgress | null = null;

  constructor(context: CliContext) {
    this.#context = context;
  }

  show(event: CrossFitEvent): void {
    const { output, globals } = this.#context;
    if (event.kind === 'fold') {
      this.end();
      output.note(`fold ${event.fold} of ${event.folds}: ${event.testFrom} to ${event.testThrough}`);
      this.#progress = process.stderr.isTTY === true && !globals().quiet ? new TrainingProgress(process.stderr, { mark: `fold ${event.fold} of ${event.folds}: `, onlyBar: true }) : null;
    } else this.#progress?.show(event.event);
  }

  /** Clears a bar that is still drawn. */
  end(): void {
    this.#progress?.end();
    this.#progress = null;
  }
}
