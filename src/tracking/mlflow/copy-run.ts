import { hashJson } from '../../core/hash.js';
import type { RunFolder, RunHistory } from '../run-folder.js';
import type { RunRecord } from '../tracker.js';
import type { CallOptions, MlflowClient } from './client.js';
import { copyFiles } from './copy-files.js';
import type { Experiments } from './experiments.js';
import { correctingPoints, figurePoints, shownAfter, type FigurePoint } from './figure-points.js';
import { logBatches } from './log-batches.js';
import { mlflowText } from './mlflow-names.js';
import { describeRun, reasonTag, type RunDescription } from './run-description.js';
import { ensureRun } from './ensure-run.js';
import { logInputs, updateRun, type KeyValue, type ServerRun, type ServerStatus } from './server-runs.js';

/** How much of a run a server has, so that it is not sent again; losing it costs time only. */
export interface RunProgress {
  /** The server's run that it is about. */
  readonly run: string;
  /** Hash of what was said besides figures. */
  readonly described: string | null;
  /** The evaluation whose points are counted. */
  readonly evaluation: number;
  readonly points: number;
  /** Size and time of the files that are there, by name. */
  readonly files: Readonly<Record<string, string>>;
}

export interface CopyRunRequest {
  readonly client: MlflowClient;
  readonly experiments: Experiments;
  /** Name of the experiment at the server. */
  readonly experiment: string;
  readonly folder: RunFolder;
  readonly progress: RunProgress | null;
  /** Nothing more will come of it. */
  readonly isClosed: boolean;
  readonly onProgress: (progress: RunProgress) => Promise<void>;
  readonly options: CallOptions;
}

/** Says of which evaluation a server has all; empty while it has not. */
const EVALUATION_TAG = 'swinglab.evaluation';
const EVALUATIONS_TAG = 'swinglab.evaluations';
const REASON_TAG = 'swinglab.reason';

/**
 * Makes a server's run what the local files say, from whatever it is: doing it again changes nothing.
 *
 * One run at the server for one trial. A run that somebody threw away there stays away, and one that finished stays so.
 */
export async function copyRun(request: CopyRunRequest): Promise<void> {
  const { client, experiments, folder, options, onProgress, isClosed } = request;
  const history = await folder.history();
  if (history === null) return; // cut off before it began, or its folder was removed
  const { record } = history;
  const experimentId = await experiments.id(request.experiment, options);
  const description = describeRun(record);
  const run = await ensureRun(client, { experimentId, name: runName(record), startedAt: Date.parse(history.begunAt), tags: description.tags }, { id: record.id, options });
  if (run === null || (run.status === 'FINISHED' && record.status !== 'finished')) return;
  const described = hashJson(description);
  let progress = progressOn(run, history, request.progress);
  const note = async (change: Partial<RunProgress>): Promise<void> => {
    progress = { ...progress, ...change };
    await onProgress(progress);
  };
  const isNew = progress.described !== described;
  const { points, own } = pointsToSend(history, run, { progress, isClosed });
  const before = progress.points;
  const isBegun = points.length > 0 || record.status === 'running'; // from now on the server does not have all of it
  const tags = [...(isNew ? description.tags : []), ...(isBegun && run.tags.has(EVALUATION_TAG) ? [{ key: EVALUATION_TAG, value: '' }] : [])];
  const content = { points, tags: changed(tags, run), params: isNew ? description.params : [] };
  await logBatches(client, run.id, content, { ...options, onLogged: (count) => note({ points: before + Math.min(count, own) }) });
  if (isNew && description.datasets.length > 0) await logInputs(client, run.id, description.datasets, options);
  const files = await copyFiles({ client, run, artifacts: folder.artifacts, whole: isNew ? description.files : {}, sent: progress.files, options });
  if (isNew || files.sent !== progress.files) await note({ described, files: files.sent });
  await copyEnd(request, run, { history, isClosed, isOther: points.length > 0 });
  if (files.withheld !== null) throw files.withheld;
}

const runName = ({ name }: RunRecord): string => mlflowText(name);

function progressOn(run: ServerRun, { evaluation }: RunHistory, known: RunProgress | null): RunProgress {
  if (known === null || known.run !== run.id) return { run: run.id, described: null, evaluation, points: 0, files: {} };
  return known.evaluation === evaluation ? known : { ...known, evaluation, points: 0 };
}

/**
 * What a server lacks of the figures of the evaluation that stands, and of it how many are those of its own log.
 *
 * An evaluation again that gave the same figures leaves the first one's as they are.
 */
function pointsToSend({ record, lines, names }: RunHistory, run: ServerRun, { progress, isClosed }: { readonly progress: RunProgress; readonly isClosed: boolean }): { readonly points: FigurePoint[]; readonly own: number } {
  const correcting = (shown: ServerRun['shown']): FigurePoint[] => correctingPoints(shown, record.metrics, { earlier: names, endedAt: Date.parse(record.endedAt ?? record.startedAt) });
  const hadAll = (run.tags.get(EVALUATION_TAG) ?? '') !== '';
  if (record.status !== 'running' && hadAll && correcting(run.shown).length === 0) return { points: [], own: 0 };
  const points = figurePoints(lines).slice(progress.points);
  if (record.status === 'running' && !isClosed) return { points, own: points.length };
  return { points: [...points, ...correcting(shownAfter(run.shown, points))], own: points.length };
}

const changed = (tags: RunDescription['tags'], run: ServerRun): KeyValue[] => tags.filter(({ key, value }) => run.tags.get(key) !== value);

interface End {
  readonly history: RunHistory;
  readonly isClosed: boolean;
  /** Whether figures came. */
  readonly isOther: boolean;
}

/** How the run stands; last of all, so that a run that reads as finished is whole. */
async function copyEnd({ client, options }: CopyRunRequest, run: ServerRun, { history, isClosed, isOther }: End): Promise<void> {
  const { record, evaluation, lines } = history;
  const isCutOff = record.status === 'running' && isClosed;
  const status: ServerStatus = isCutOff ? 'KILLED' : ({ running: 'RUNNING', finished: 'FINISHED', failed: 'FAILED' } as const)[record.status];
  const hadReason = (run.tags.get(REASON_TAG) ?? '') !== '';
  const tags = [
    { key: EVALUATIONS_TAG, value: String(record.evaluations) },
    ...(record.reason !== undefined || hadReason ? [reasonTag(record.reason)] : []),
    ...(record.status === 'running' ? [] : [{ key: EVALUATION_TAG, value: String(evaluation) }]),
  ];
  await logBatches(client, run.id, { tags: isOther ? tags : changed(tags, run) }, options);
  const endedAt = isCutOff ? (lines.at(-1)?.time ?? Date.parse(record.startedAt)) : record.endedAt === null ? undefined : Date.parse(record.endedAt);
  const hasEnded = run.status !== status || (isOther && endedAt !== undefined);
  const name = runName(record);
  if (!hasEnded && name === run.name) return;
  await updateRun(client, run.id, { ...(hasEnded ? { status, ...(endedAt === undefined ? {} : { endedAt }) } : {}), ...(name === run.name ? {} : { name }) }, options);
}
