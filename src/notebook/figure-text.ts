import { formatCount } from '../report/format.js';
import type { ShownFigure } from './shown.js';

/** A chart in words, where none can be drawn: its title and what each trace holds. */
export function figureText({ data, layout = {} }: ShownFigure): string {
  const title = titleOf(layout as Readonly<Record<string, unknown>>);
  const traces = data.map((trace) => traceText(trace as Readonly<Record<string, unknown>>));
  return `[chart${title === '' ? '' : ` "${title}"`}: ${traces.join('; ') || 'no traces'}]`;
}

function titleOf({ title }: Readonly<Record<string, unknown>>): string {
  if (typeof title === 'string') return withoutMarkup(title);
  const text = typeof title === 'object' && title !== null && 'text' in title ? title.text : null;
  return typeof text === 'string' ? withoutMarkup(text) : '';
}

function traceText(trace: Readonly<Record<string, unknown>>): string {
  const type = typeof trace['type'] === 'string' ? trace['type'] : 'scatter';
  const points = ['x', 'y', 'close', 'values', 'z'].map((key) => trace[key]).find((values) => Array.isArray(values) || ArrayBuffer.isView(values));
  const count = points === undefined ? '' : `, ${formatCount((points as ArrayLike<unknown>).length, 'point')}`;
  return `${typeof trace['name'] === 'string' ? `${trace['name']} (${type})` : type}${count}`;
}

function withoutMarkup(text: string): string {
  return text.replace(/<br\s*\/?>/g, ' ').replace(/<[^>]*>/g, '');
}
