import { DataError } from '../core/errors.js';
import { isParamValue } from './check-run.js';
import type { RunRecord } from './tracker.js';

/** One evaluation of a configuration. */
export type Evaluation = Pick<RunRecord, 'status' | 'reason' | 'startedAt' | 'endedAt' | 'metrics'>;

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isFigure = (value: unknown): boolean => value === null || typeof value === 'number';
const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value));
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isMap = (value: unknown, isValue: (one: unknown) => boolean): boolean => isObject(value) && Object.values(value).every(isValue);

/** What each field must be, for the message and for the check. */
const EVALUATION_FIELDS: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = {
  status: ['running, finished or failed', (value) => ['running', 'finished', 'failed'].includes(value as string)],
  reason: ['text', (value) => value === undefined || isText(value)],
  startedAt: ['an ISO time', isTime],
  endedAt: ['an ISO time or null', (value) => value === null || isTime(value)],
  metrics: ['figures by name', (value) => isMap(value, isFigure)],
};

const RECORD_FIELDS: typeof EVALUATION_FIELDS = {
  ...EVALUATION_FIELDS,
  id: ['text', isText],
  experiment: ['text', isText],
  name: ['text', isText],
  params: ['parameters by name', (value) => isMap(value, isParamValue)],
  seed: ['a whole number', Number.isSafeInteger],
  data: ['hashes by name', (value) => isMap(value, isText)],
  code: ['text', isText],
  tags: ['texts by name', (value) => value === undefined || isMap(value, isText)],
  evaluations: ['a whole number', Number.isSafeInteger],
};

/** @throws DataError `DAMAGED_RUN` naming the file */
export function parseRecord(text: string, path: string): RunRecord {
  return parse(text, path, RECORD_FIELDS) as unknown as RunRecord;
}

/** @throws DataError `DAMAGED_RUN` naming the file */
export function parseEvaluation(text: string, path: string): Evaluation {
  return parse(text, path, EVALUATION_FIELDS) as unknown as Evaluation;
}

/** One call of `logMetrics`, as it was written down. */
export interface FigureLine {
  readonly step: number | null;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly values: RunRecord['metrics'];
}

const LINE_FIELDS: typeof EVALUATION_FIELDS = {
  step: ['a whole number or null', (value) => value === null || Number.isSafeInteger(value)],
  time: ['an ISO time', isTime],
  values: EVALUATION_FIELDS['metrics'],
};

/**
 * The lines of a log of figures.
 *
 * Whoever wrote it may have been killed in the middle of the last line, which then has no end and does not count.
 * @throws DataError `DAMAGED_RUN` naming the file and the line
 */
export function figureLines(text: string, path: string): FigureLine[] {
  return text.split('\n').slice(0, -1).map((line, at) => {
    const { step, time, values } = parse(line, `${path}:${at + 1}`, LINE_FIELDS);
    return { step: step as number | null, time: Date.parse(time as string), values: values as RunRecord['metrics'] };
  });
}

/** Last value of each figure in the lines of a log of figures; errors as of `figureLines`. */
export function lastFigures(text: string, path: string): RunRecord['metrics'] {
  return Object.fromEntries(figureLines(text, path).flatMap(({ values }) => Object.entries(values)));
}

/** The error of a file that is not what was written. */
export function damagedRun(path: string, found: string, cause?: unknown): DataError {
  return new DataError(`expected the record of a run in "${path}", found ${found}`, { code: 'DAMAGED_RUN', fields: { path, hint: 'move the folder of the run away; running its configuration again makes it anew' }, cause });
}

function parse(text: string, path: string, fields: typeof EVALUATION_FIELDS): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damagedRun(path, text.trim() === '' ? 'nothing' : 'what is no JSON', cause);
  }
  if (!isObject(value)) throw damagedRun(path, `${JSON.stringify(value).slice(0, 40)} where an object was expected`);
  for (const [name, [expected, isGood]] of Object.entries(fields)) {
    if (!isGood(value[name])) throw damagedRun(path, `${(JSON.stringify(value[name]) ?? 'nothing').slice(0, 40)} where "${name}" should be ${expected}`);
  }
  return value;
}
