interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Nobody asked to be told. */
export const SILENT: ProgressStream = { write: () => undefined };

const WIDTH = 24;
/** Milliseconds between two drawings: a terminal shows no more. */
const PAUSE = 80;

/** One line on a terminal that is drawn anew; elsewhere only what is told for good. */
export class Bar {
  readonly #stream: ProgressStream;
  #drawn = -Infinity;

  constructor(stream: ProgressStream) {
    this.#stream = stream;
  }

  /** Shown until the next; with `done` of `count` as a bar. */
  show(text: string, done?: number, count?: number): void {
    if (this.#stream.isTTY !== true || performance.now() - this.#drawn < PAUSE) return;
    this.#drawn = performance.now();
    const bar = done === undefined || count === undefined ? '' : `[${'█'.repeat(Math.round((WIDTH * done) / count)).padEnd(WIDTH, '·')}] `;
    this.#stream.write(`\r\u001b[2K${bar}${text}`);
  }

  /** Stays. */
  line(text: string): void {
    this.end();
    this.#stream.write(`${text}\n`);
  }

  end(): void {
    if (this.#stream.isTTY === true) this.#stream.write('\r\u001b[2K');
    this.#drawn = -Infinity;
  }
}
