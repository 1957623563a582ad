import type { FitEvent } from '../../models/forecaster.js';
import { TrainingCourse } from '../../report/training/training-course.js';
import { epochWords, roundWords, startWords, underWayWords } from '../../report/training/training-words.js';

interface ProgressStream {
  readonly isTTY?: boolean;
  /** Signs in a line; a longer one would break and could not be drawn over. */
  readonly columns?: number;
  write(text: string): unknown;
}

export interface TrainingProgressOptions {
  /** Before every line, e.g. that the market is made up. */
  readonly mark?: string;
  /** No line stays. */
  readonly onlyBar?: boolean;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

const WIDTH = 24;
/** Milliseconds between two drawings: a terminal shows no more. */
const PAUSE = 80;
/** Rounds between two lines that stay. */
const ROUNDS_A_LINE = 25;

/** Draws a training: a bar that moves on a terminal, and a line that stays for each epoch, or every few rounds, there and elsewhere. */
export class TrainingProgress {
  /** What was told so far. */
  readonly course = new TrainingCourse();
  readonly #stream: ProgressStream;
  readonly #mark: string;
  readonly #onlyBar: boolean;
  readonly #now: () => number;
  #drawn = -Infinity;

  constructor(stream: ProgressStream, { mark = '', onlyBar = false, now = (): number => performance.now() }: TrainingProgressOptions = {}) {
    this.#stream = stream;
    this.#mark = mark;
    this.#onlyBar = onlyBar;
    this.#now = now;
  }

  show(event: FitEvent): void {
    this.course.heed(event, this.#now());
    const kind = event.kind === 'training' ? event.event.kind : event.kind;
    const { underWay, rounds, stopped } = this.course;
    if (kind === 'started') this.#line(startWords(this.course));
    else if (kind === 'epoch') this.#line(epochWords(this.course.epochs.at(-1)!));
    else if (kind === 'step' && underWay !== null) this.#draw(underWay.batch / underWay.batches, underWayWords(this.course)!);
    else if (event.kind === 'stopped') this.#line(`stopped after ${event.round} rounds, best ${event.best}: ${event.reason}`);
    else if (kind === 'stopped') this.#line(`stopped: ${stopped}`);
    else if (kind === 'round' && rounds !== null) {
      if (rounds.round % ROUNDS_A_LINE === 0 && !this.#onlyBar) this.#line(roundWords(rounds));
      else this.#draw(rounds.round / rounds.rounds, roundWords(rounds));
    }
  }

  /** Clears a bar that is still drawn. */
  end(): void {
    if (this.#isTerminal && this.#drawn > -Infinity) this.#stream.write('\r\u001b[2K');
    this.#drawn = -Infinity;
  }

  get #isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  #draw(share: number, text: string): void {
    if (!this.#isTerminal || this.#now() - this.#drawn < PAUSE) return;
    this.#drawn = this.#now();
    const line = `[${'█'.repeat(Math.round(WIDTH * share)).padEnd(WIDTH, '·')}] ${this.#mark}${text}`;
    this.#stream.write(`\r\u001b[2K${line.slice(0, Math.max(WIDTH, (this.#stream.columns ?? 120) - 1))}`);
  }

  #line(text: string): void {
    this.end();
    if (!this.#onlyBar) this.#stream.write(`${this.#mark}${text}\n`);
  }
}
