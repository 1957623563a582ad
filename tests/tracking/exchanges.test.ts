import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { FakeMlflow } from './fake-mlflow/server.js';
import { converse, type Exchange } from './recorded/conversation.js';

const RECORDED = join(import.meta.dirname, 'recorded/exchanges.json');
/** An earlier record of the same server, by another client. */
const TRANSCRIPT = resolve(process.env['SWINGLAB_MLFLOW_TRANSCRIPT'] ?? '../shared/examples/services/mlflow/transcript.txt');

/** An answer without the wording of its refusal. */
function essence({ asked, status, answer }: Exchange): unknown {
  if (status < 400 || typeof answer !== 'object' || answer === null) return { asked, status, answer };
  const { message: _, ...rest } = answer as Record<string, unknown>;
  return { asked, status, answer: rest };
}

describe('the server of these tests', () => {
  it('answers as the real one did, request by request', async () => {
    const { mlflow, exchanges } = JSON.parse(await readFile(RECORDED, 'utf8')) as { mlflow: string; exchanges: Exchange[] };
    expect(mlflow).toBe('3.17.2');
    const fake = await FakeMlflow.start();
    const said = await converse(fake.url);
    expect(said.map(({ asked }) => asked)).toEqual(exchanges.map(({ asked }) => asked));
    said.forEach((exchange, at) => expect(essence(exchange), `exchange ${at + 1}, ${exchange.asked}`).toEqual(essence(exchanges[at])));
  });

  it.skipIf(!existsSync(TRANSCRIPT))('also answers with the statuses and shapes of the transcript of another client', async () => {
    const recorded = readTranscript(await readFile(TRANSCRIPT, 'utf8'));
    const said = await converse((await FakeMlflow.start()).url);
    expect(recorded.length).toBeGreaterThan(45);
    recorded.forEach(({ asked, status, firstKey, errorCode }, at) => {
      const ours = said[at];
      expect(ours.asked.split(/[?/{ ]/).slice(0, 2), `exchange ${at + 1}`).toEqual(asked.split(/[?/{ ]/).slice(0, 2));
      expect(ours.status, asked).toBe(status);
      if (errorCode !== null) expect(ours.answer, asked).toMatchObject({ error_code: errorCode });
      else if (firstKey !== null) expect(Object.keys(ours.answer as object)[0], asked).toBe(firstKey);
    });
  });

  if (!existsSync(TRANSCRIPT)) console.log(`skipped: no transcript at "${TRANSCRIPT}" (SWINGLAB_MLFLOW_TRANSCRIPT)`);
});

interface TranscriptEntry {
  readonly asked: string;
  readonly status: number;
  /** First key of a JSON answer; `null` where it is none. */
  readonly firstKey: string | null;
  readonly errorCode: string | null;
}

/** `METHOD path … -> status ms answer`, over one line or two; long answers are cut in it. */
function readTranscript(text: string): TranscriptEntry[] {
  const entry = /^(GET|POST|PATCH|PUT) (\S+)[^\n]*?\n? ?-> (\d{3}) \d+ ms ([^\n]*)/gm;
  return [...text.matchAll(entry)].map(([, method, path, status, answer]) => ({
    asked: `${method} ${path}`,
    status: Number(status),
    firstKey: /^\{ "(\w+)"/.exec(answer)?.[1] ?? null,
    errorCode: /"error_code": "(\w+)"/.exec(answer)?.[1] ?? null,
  }));
}
