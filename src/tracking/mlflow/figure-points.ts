import type { FigureLine } from '../parse-record.js';
import { mlflowKey } from './mlflow-names.js';

/** A figure as MLflow keeps it; `NaN` where it is undefined. Time in milliseconds. */
export interface FigurePoint {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/**
 * The lines of a log of figures as points, the same each time, because MLflow takes the same point twice for one.
 *
 * A figure without a step gets that of its figure before, 0 for the first. Times of one figure grow from line to line,
 * because among points of one step MLflow shows the latest, and the largest of one moment.
 */
export function figurePoints(lines: readonly FigureLine[]): FigurePoint[] {
  const last = new Map<string, FigurePoint>();
  const points: FigurePoint[] = [];
  for (const { step, time, values } of lines) {
    for (const [name, value] of Object.entries(values)) {
      const key = mlflowKey(name);
      const before = last.get(key);
      const point: FigurePoint = { key, value: value ?? Number.NaN, timestamp: Math.max(time, (before?.timestamp ?? -Infinity) + 1), step: step ?? before?.step ?? 0 };
      last.set(key, point);
      points.push(point);
    }
  }
  return points;
}

/** Which of two points of a figure MLflow shows: the one of the higher step, then the later, then the larger. */
export function shownOf(one: FigurePoint, other: FigurePoint): FigurePoint {
  if (one.step !== other.step) return one.step > other.step ? one : other;
  if (one.timestamp !== other.timestamp) return one.timestamp > other.timestamp ? one : other;
  return one.value >= other.value ? one : other;
}

/** Whether two values are one to MLflow, which has no zero below zero. */
export function sameValue(one: number, other: number): boolean {
  return one === other || (Number.isNaN(one) && Number.isNaN(other));
}

/**
 * Points that make MLflow show the final figures where it would show others: of a step that was higher, or of an earlier
 * evaluation that had figures this one lacks, which become undefined.
 * @param shown what it shows, by key
 * @param final by name; `null`: undefined
 * @param earlier names of figures of earlier evaluations
 */
export function correctingPoints(shown: ReadonlyMap<string, FigurePoint>, final: Readonly<Record<string, number | null>>, { earlier, endedAt }: { readonly earlier: Iterable<string>; readonly endedAt: number }): FigurePoint[] {
  const wanted = new Map<string, number>();
  for (const name of earlier) if (shown.has(mlflowKey(name))) wanted.set(mlflowKey(name), Number.NaN);
  for (const [name, value] of Object.entries(final)) wanted.set(mlflowKey(name), value ?? Number.NaN);
  return [...wanted].flatMap(([key, value]) => {
    const now = shown.get(key);
    if (now !== undefined && sameValue(now.value, value)) return [];
    return [{ key, value, timestamp: Math.max(endedAt, (now?.timestamp ?? -Infinity) + 1), step: now?.step ?? 0 }];
  });
}

/** What MLflow shows once it has these points too. */
export function shownAfter(shown: ReadonlyMap<string, FigurePoint>, points: readonly FigurePoint[]): Map<string, FigurePoint> {
  const after = new Map(shown);
  for (const point of points) {
    const before = after.get(point.key);
    after.set(point.key, before === undefined ? point : shownOf(before, point));
  }
  return after;
}
