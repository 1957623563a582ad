import type { CatchUpEvent } from '../pipeline/catch-up.js';
import type { FlowEvent } from '../pipeline/flow.js';

interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 24;
/** A line for each would be a page a year. */
const EVENINGS_A_LINE = 21;

/** Draws a flow's events: a bar that moves on a terminal, one line a step elsewhere. */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #isTerminal: boolean;
  #bar = '';

  constructor(stream: ProgressStream) {
    this.#stream = stream;
    this.#isTerminal = stream.isTTY === true;
  }

  show(event: FlowEvent | CatchUpEvent): void {
    switch (event.kind) {
      case 'step-start':
        return this.#draw(event.index, event.count, event.describe);
      case 'step-progress':
        return this.#draw(null, null, `${event.done.toLocaleString('en-US')}${event.total === null ? '' : ` of ${event.total.toLocaleString('en-US')}`} ${event.unit}`);
      case 'step-retry':
        return this.#line(`  ${event.step}: trying again after: ${event.reason}`);
      case 'evening':
        if (event.done % EVENINGS_A_LINE === 0 || event.done === event.count) return this.#line(`evening ${event.done} of ${event.count}: ${event.session}, equity ${event.equity.toFixed(2)}`);
        return this.#draw(event.done, event.count, event.session);
      case 'step-end':
        return this.#line(`[${event.index + 1}/${event.count}] ${event.step.padEnd(12)} ${event.cached ? 'kept from before' : `${(event.durationMs / 1000).toFixed(1)} s`}`);
    }
  }

  /** Clears a bar that is still drawn. */
  end(): void {
    this.#clear();
  }

  #draw(index: number | null, count: number | null, text: string): void {
    if (!this.#isTerminal) return;
    this.#clear();
    if (index !== null && count !== null) this.#bar = `[${'█'.repeat(Math.round((WIDTH * index) / count)).padEnd(WIDTH, '·')}]`;
    this.#stream.write(`${this.#bar} ${text}`);
  }

  #line(text: string): void {
    this.#clear();
    this.#stream.write(`${text}\n`);
  }

  #clear(): void {
    if (this.#isTerminal) this.#stream.write('\r\u001b[2K');
  }
}
