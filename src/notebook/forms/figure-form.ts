import type { ShownFigure } from '../shown.js';
import type { Form } from './form.js';

const OWN_KEYS = new Set(['data', 'layout', 'frames', 'config']);

/** A plotly chart: `data`, a list of traces, and usually a `layout`. */
export const figureForm: Form = (value) => (isFigure(value) ? { figures: [value] } : null);

function isFigure(value: object): value is ShownFigure {
  if (!('data' in value) || !Array.isArray(value.data) || !Object.keys(value).every((key) => OWN_KEYS.has(key))) return false;
  if ('layout' in value && (typeof value.layout !== 'object' || value.layout === null)) return false;
  return (value.data as unknown[]).every((trace) => typeof trace === 'object' && trace !== null) && ('layout' in value || value.data.some((trace: object) => 'type' in trace));
}
