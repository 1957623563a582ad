import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapConcurrent, sleep } from '../../src/core/async.js';
import { type EventStream, collect, createChannel, result, streamOf, tap } from '../../src/core/events.js';

type Count = { kind: 'count'; value: number };

async function* count(to: number, onEnd: () => void = () => {}): EventStream<Count, string> {
  try {
    for (let value = 1; value <= to; value++) yield { kind: 'count', value };
    return `counted to ${to}`;
  } finally {
    onEnd();
  }
}

describe('collect and result', () => {
  it('give the events and the result', async () => {
    expect(await collect(count(2))).toEqual({ events: [{ kind: 'count', value: 1 }, { kind: 'count', value: 2 }], result: 'counted to 2' });
    expect(await result(count(3))).toBe('counted to 3');
  });
});

describe('tap', () => {
  it('shows each event before the reader gets it, and passes the result on', async () => {
    const log: string[] = [];
    const stream = tap(count(2), async ({ value }) => {
      await sleep(1);
      log.push(`tap ${value}`);
    });
    for (let step = await stream.next(); ; step = await stream.next()) {
      if (step.done) {
        log.push(step.value);
        break;
      }
      log.push(`read ${step.value.value}`);
    }
    expect(log).toEqual(['tap 1', 'read 1', 'tap 2', 'read 2', 'counted to 2']);
  });

  it('lets the stream clean up when the reader leaves early', async () => {
    let ended = false;
    for await (const event of tap(count(5, () => (ended = true)), () => {})) if (event.value === 2) break;
    expect(ended).toBe(true);
  });

  it('ends the stream when the watcher fails', async () => {
    let ended = false;
    const stream = tap(count(5, () => (ended = true)), () => {
      throw new Error('terminal gone');
    });
    await expect(result(stream)).rejects.toThrow('terminal gone');
    expect(ended).toBe(true);
  });
});

describe('createChannel', () => {
  it('gives all pushes of concurrent tasks in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat({ max: 3 }), { maxLength: 5 }), { maxLength: 5 }), async (tasks) => {
        const channel = createChannel<string>();
        const pushed: string[] = [];
        const producing = mapConcurrent(tasks, { concurrency: 3 }, async (delays, _signal, task) => {
          for (const delay of delays) {
            if (delay > 0) await sleep(delay);
            const event = `${task}/${pushed.length}`;
            pushed.push(event);
            expect(channel.push(event)).toBe(true);
          }
        }).finally(() => channel.close());
        const read: string[] = [];
        for await (const event of channel) read.push(event);
        await producing;
        expect(read).toEqual(pushed);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps what was pushed before anyone read, and ends after close', async () => {
    const channel = createChannel<number>();
    channel.push(1);
    channel.push(2);
    channel.close();
    channel.close();
    const read: number[] = [];
    for await (const event of channel) read.push(event);
    expect(read).toEqual([1, 2]);
    expect(() => channel.push(3)).toThrow(/after close/);
  });

  it('fails after the events that came before', async () => {
    const channel = createChannel<number>();
    channel.push(1);
    channel.fail(new Error('vendor gone'));
    channel.fail(new Error('second'));
    expect(channel.push(2)).toBe(false);
    const read: number[] = [];
    const reading = (async () => {
      for await (const event of channel) read.push(event);
    })();
    await expect(reading).rejects.toThrow('vendor gone');
    expect(read).toEqual([1]);
  });

  it('wakes a reader that waits, and wakes it for a failure', async () => {
    const channel = createChannel<number>();
    const reader = channel[Symbol.asyncIterator]();
    const first = reader.next();
    await sleep(1);
    channel.push(7);
    expect(await first).toEqual({ done: false, value: 7 });
    const second = reader.next();
    await sleep(1);
    channel.fail(new Error('vendor gone'));
    await expect(second).rejects.toThrow('vendor gone');
  });

  it('tells the producer that the reader has left', async () => {
    const channel = createChannel<number>();
    channel.push(1);
    channel.push(2);
    for await (const event of channel) if (event === 1) break;
    expect(channel.push(3)).toBe(false);
  });

  it('has one reader', () => {
    const channel = createChannel<number>();
    channel[Symbol.asyncIterator]();
    expect(() => channel[Symbol.asyncIterator]()).toThrow(/one reader/);
  });

  it('passes 200,000 events without slowing down', async () => {
    const channel = createChannel<number>();
    for (let index = 0; index < 200_000; index++) channel.push(index);
    channel.close();
    let sum = 0;
    for await (const event of channel) sum += event;
    expect(sum).toBe((200_000 * 199_999) / 2);
  });
});

describe('streamOf', () => {
  it('gives the events of concurrent tasks and the result of the work', async () => {
    const stream = streamOf<string, number[]>((push, signal) =>
      mapConcurrent([3, 1, 2], { concurrency: 3, signal }, async (item, inner) => {
        await sleep(item * 10, inner);
        push(`done ${item}`);
        return item * 2;
      }),
    );
    expect(await collect(stream)).toEqual({ events: ['done 1', 'done 2', 'done 3'], result: [6, 2, 4] });
  });

  it('throws what the work throws, after its events', async () => {
    const events: string[] = [];
    const stream = tap(
      streamOf<string, never>(async (push) => {
        push('started');
        await sleep(1);
        throw new Error('work failed');
      }),
      (event) => void events.push(event),
    );
    await expect(result(stream)).rejects.toThrow('work failed');
    expect(events).toEqual(['started']);
    const synchronous = streamOf<string, never>(() => {
      throw new Error('failed at once');
    });
    await expect(result(synchronous)).rejects.toThrow('failed at once');
  });

  it('stops the work, and waits for its end, when the reader leaves', async () => {
    let ended = false;
    const stream = streamOf<string, void>(async (push, signal) => {
      push('started');
      await sleep(10_000, signal).catch(() => {});
      await sleep(5);
      push('nobody reads this');
      ended = true;
    });
    for await (const event of stream) {
      expect(event).toBe('started');
      break;
    }
    expect(ended).toBe(true);
  });

  it('hands an abort on to the work', async () => {
    const controller = new AbortController();
    const stream = streamOf<string, void>(async (push, signal) => {
      push('started');
      await sleep(10_000, signal);
    }, { signal: controller.signal });
    const reading = collect(stream);
    await sleep(1);
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    await expect(collect(streamOf(async () => 1, { signal: controller.signal }))).rejects.toThrow('enough');
  });
});
