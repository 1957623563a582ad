import { sleep } from '../../core/async.js';
import { AppError, describeError, LockError } from '../../core/errors.js';
import { takeSpoolLock } from '../spool/spool-lock.js';
import { deliver, type Delivered, type DeliveryParts, type LeftEntry } from './delivery.js';

/** Time in which changes gather before they are sent together. */
const GATHER_MS = 300;
/** Time after which to look whether other threads or processes put something in. */
const LOOK_MS = 3000;
/** Time after which to look whether another process that sends has ended. */
const BUSY_MS = { background: 1000, waiting: 100 };
/** Time in which a server that did not answer is left alone; doubled each time. */
const REST_MS = { first: 30_000, longest: 600_000 };

type PassState = 'done' | 'busy' | 'blocked';

/** Sends what a spool holds when something was put in, one process at a time, and tells of trouble once of each kind. */
export class BackgroundDelivery {
  readonly #parts: DeliveryParts;
  readonly #onProblem: (message: string) => void;
  readonly #told = new Set<string>();
  #pass: Promise<PassState> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #timerAt = 0;
  #isAsked = false;
  #isWatching = false;
  #restsUntil = -Infinity;
  #restMs = REST_MS.first;

  constructor(parts: DeliveryParts, onProblem: (message: string) => void) {
    this.#parts = parts;
    this.#onProblem = onProblem;
  }

  /** Something is to be sent, soon. Neither waits nor keeps the process alive. */
  ask(): void {
    this.#isAsked = true;
    this.#passAfter(GATHER_MS);
  }

  /** From now on sends what other threads put in, and what earlier processes had left. Does not keep the process alive. */
  watch(): void {
    this.#isWatching = true;
    this.ask();
  }

  /** Waits until all was tried, but no longer than so many milliseconds. */
  async settle(patienceMs: number): Promise<void> {
    const patience = new AbortController();
    const timeUp = sleep(patienceMs, patience.signal).then(() => this.#tellLate(), () => undefined); // keeps the process alive
    await Promise.race([this.#drain(patience.signal), timeUp]);
    patience.abort();
  }

  /**
   * Tries all now, also what was not taken before, whatever came of earlier tries.
   * @throws LockError when another process goes on sending for so long
   */
  async now({ patienceMs, signal }: { readonly patienceMs: number; readonly signal?: AbortSignal | undefined }): Promise<Delivered> {
    const alive = setInterval(() => undefined, 60_000); // connections do not keep the process alive
    try {
      await this.#pass;
      const { folder } = this.#parts.spool;
      const end = performance.now() + patienceMs;
      for (;;) {
        const lock = await takeSpoolLock(folder);
        if (lock !== null) return await deliver(this.#parts, { refusedToo: true, signal }).finally(() => lock.release());
        if (performance.now() > end) throw new LockError(`expected to be the only process that sends to MLflow, found another at it (spool "${folder}"); wait until it ends`, { code: 'LOCKED', fields: { folder }, retryable: true });
        await sleep(BUSY_MS.waiting, signal);
      }
    } finally {
      clearInterval(alive);
    }
  }

  /** Says once that something went wrong which does not end the work. */
  tell(kind: string, message: string): void {
    if (this.#told.has(kind)) return;
    this.#told.add(kind);
    this.#onProblem(message);
  }

  async #drain(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const state = await this.#passNow();
      if (state === 'blocked' || (state === 'done' && !this.#isAsked)) return;
      if (state === 'busy') await sleep(BUSY_MS.waiting, signal).catch(() => undefined);
    }
  }

  /** The earlier of this and what was set before. */
  #passAfter(ms: number): void {
    const at = performance.now() + ms;
    if (this.#pass !== null || (this.#timer !== null && this.#timerAt <= at)) return; // a pass looks whether more was asked
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => void this.#passNow(), ms);
    this.#timer.unref();
  }

  #passNow(): Promise<PassState> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#pass ??= this.#sendAll().then((state) => {
      this.#pass = null;
      if (state === 'busy') this.#passAfter(BUSY_MS.background);
      else if (this.#isAsked && state === 'done') this.#passAfter(GATHER_MS);
      else if (this.#isWatching) this.#passAfter(LOOK_MS);
      return state;
    });
    return this.#pass;
  }

  async #sendAll(): Promise<PassState> {
    if (performance.now() < this.#restsUntil) return 'blocked';
    try {
      if ((await this.#parts.spool.entries()).length === 0) {
        this.#isAsked = false;
        return 'done';
      }
      const lock = await takeSpoolLock(this.#parts.spool.folder);
      if (lock === null) return 'busy';
      this.#isAsked = false;
      return this.#heed(await deliver(this.#parts, {}).finally(() => lock.release()));
    } catch (error) {
      this.#isAsked = false;
      this.tell('SPOOL', `what MLflow is to be told could not be read or written: ${describeError(error)}`);
      return 'done';
    }
  }

  #heed({ left, blocked }: Delivered): PassState {
    left.forEach((one) => this.#tellLeft(one));
    if (blocked === null) {
      this.#restMs = REST_MS.first;
      return 'done';
    }
    this.#restsUntil = performance.now() + this.#restMs;
    this.#restMs = Math.min(2 * this.#restMs, REST_MS.longest);
    this.tell('BLOCKED', `${explained(blocked)}. Runs are kept in the local files as ever; what MLflow was to be told waits in "${this.#parts.spool.folder}" and is sent at the next contact, or by: swing runs sync`);
    return 'blocked';
  }

  #tellLeft({ entry, error }: LeftEntry): void {
    const { job } = entry;
    const what = job.kind === 'run' ? `run ${job.id} of "${job.experiment}"` : job.kind === 'model' ? `the model "${job.name}"` : `the alias "${job.alias}" of "${job.registered}"`;
    this.tell(entry.path, `MLflow did not take ${what}: ${explained(error)}. It waits in "${entry.path}" until: swing runs sync`);
  }

  #tellLate(): void {
    this.tell('BLOCKED', `MLflow at ${this.#parts.client.server} has not taken everything yet; the rest waits in "${this.#parts.spool.folder}" and is sent at the next contact, or by: swing runs sync`);
  }
}

function explained(error: Error): string {
  const hint = error instanceof AppError ? error.fields['hint'] : undefined;
  return `${describeError(error)}${typeof hint === 'string' ? ` (${hint})` : ''}`;
}
