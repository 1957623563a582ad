import type { SettingsOverlay } from '../../config/overlay.js';
import { ConfigError } from '../../core/errors.js';

/** One combination of an experiment. */
export interface GridPoint {
  /** What differs between points, by the path of its setting, `seed` included. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The same as settings. */
  readonly settings: SettingsOverlay;
}

/** Settings that a grid may vary: where data and results lie is not tried. */
const VARIED = ['training', 'strategy', 'portfolio', 'features', 'experiment', 'data'];

/**
 * All combinations of the values of a grid, for each seed; the last setting varies fastest.
 * @throws ConfigError `BAD_GRID` for a path that may not vary
 */
export function gridPoints(grid: Readonly<Record<string, readonly unknown[]>>, seeds: readonly number[]): GridPoint[] {
  for (const path of Object.keys(grid)) {
    if (path.includes('.') && VARIED.includes(path.split('.')[0])) continue;
    throw new ConfigError(`expected paths of settings below ${VARIED.join(', ')} in experiment.grid, found "${path}"`, { code: 'BAD_GRID', fields: { path } });
  }
  let points: Readonly<Record<string, unknown>>[] = seeds.map((seed) => ({ seed }));
  for (const [path, values] of Object.entries(grid)) points = points.flatMap((point) => values.map((value) => ({ ...point, [path]: value })));
  return points.map((values) => ({ values, settings: overlayOf(values) }));
}

function overlayOf(values: Readonly<Record<string, unknown>>): SettingsOverlay {
  const overlay: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const steps = path.split('.');
    let inside = overlay;
    for (const step of steps.slice(0, -1)) inside = (inside[step] ??= {}) as Record<string, unknown>;
    inside[steps[steps.length - 1]] = value;
  }
  return overlay;
}
