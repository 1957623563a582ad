import { InvariantError } from './errors.js';

/** Long work: yields what happens and returns what came of it. */
export type EventStream<Event, Result> = AsyncGenerator<Event, Result, void>;

/** Turns events that concurrent tasks push into one async iterable, in the order of the pushes, for one reader. */
export interface Channel<Event> extends AsyncIterable<Event> {
  /**
   * Adds an event and returns at once; the queue has no bound.
   * @returns false when nobody will read it: the reader has left, or `fail` was called
   * @throws InvariantError after `close`
   */
  push(event: Event): boolean;
  /** No more events: the reader gets those waiting, then the end. */
  close(): void;
  /** The reader gets the events waiting, then this error. The first `close` or `fail` counts. */
  fail(error: unknown): void;
}

/** All events of a stream and its result. */
export async function collect<Event, Result>(stream: EventStream<Event, Result>): Promise<{ events: Event[]; result: Result }> {
  const events: Event[] = [];
  for (;;) {
    const step = await stream.next();
    if (step.done) return { events, result: step.value };
    events.push(step.value);
  }
}

/** The result of a stream, its events passed over. */
export async function result<Event, Result>(stream: EventStream<Event, Result>): Promise<Result> {
  for (;;) {
    const step = await stream.next();
    if (step.done) return step.value;
  }
}

/** The same stream; `fn` sees (and is awaited on) each event before the reader. Its error ends the stream. */
export async function* tap<Event, Result>(
  stream: EventStream<Event, Result>,
  fn: (event: Event) => void | Promise<void>,
): EventStream<Event, Result> {
  try {
    for (;;) {
      const step = await stream.next();
      if (step.done) return step.value;
      await fn(step.value);
      yield step.value;
    }
  } finally {
    // Lets the stream clean up when the reader leaves early or `fn` throws; an ended stream does nothing.
    await stream.return(undefined as Result);
  }
}

/** A channel with nothing in it. */
export function createChannel<Event>(): Channel<Event> {
  return new QueueChannel<Event>();
}

/**
 * The events that `work` pushes, from as many concurrent tasks as it likes, and its result.
 *
 * The signal that `work` receives aborts with `options.signal` and when the reader leaves early; either way the stream
 * ends when `work` has.
 */
export async function* streamOf<Event, Result>(
  work: (push: (event: Event) => void, signal: AbortSignal) => Promise<Result>,
  options: { readonly signal?: AbortSignal | undefined } = {},
): EventStream<Event, Result> {
  options.signal?.throwIfAborted();
  const channel = createChannel<Event>();
  const controller = new AbortController();
  const forward = () => controller.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', forward, { once: true });
  const running = (async () => work((event) => void channel.push(event), controller.signal))();
  const ended = running.then(() => channel.close(), (error: unknown) => channel.fail(error));
  try {
    yield* channel;
    return await running;
  } finally {
    controller.abort(new DOMException('the reader of the stream left', 'AbortError'));
    options.signal?.removeEventListener('abort', forward);
    await ended;
  }
}

class QueueChannel<Event> implements Channel<Event> {
  #waiting: Event[] = [];
  #end: { readonly kind: 'closed' | 'left' } | { readonly kind: 'failed'; readonly error: unknown } | null = null;
  #wake: (() => void) | null = null;
  #isRead = false;

  push(event: Event): boolean {
    if (this.#end?.kind === 'closed') throw new InvariantError('expected no event after close, found one pushed to a closed channel');
    if (this.#end !== null) return false;
    this.#waiting.push(event);
    this.#wakeReader();
    return true;
  }

  close(): void {
    this.#end ??= { kind: 'closed' };
    this.#wakeReader();
  }

  fail(error: unknown): void {
    this.#end ??= { kind: 'failed', error };
    this.#wakeReader();
  }

  [Symbol.asyncIterator](): AsyncGenerator<Event, void, void> {
    if (this.#isRead) throw new InvariantError('expected one reader of a channel, found a second');
    this.#isRead = true;
    return this.#read();
  }

  async *#read(): AsyncGenerator<Event, void, void> {
    try {
      for (;;) {
        // Whole batches leave the queue at once: shifting one by one would cost a copy of the queue each.
        const batch = this.#waiting;
        this.#waiting = [];
        yield* batch;
        if (this.#waiting.length > 0) continue;
        if (this.#end?.kind === 'failed') throw this.#end.error;
        if (this.#end !== null) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.#end ??= { kind: 'left' };
      this.#waiting = [];
    }
  }

  #wakeReader(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
