import { axis, chartLayout, drawn, type EvaluationFigure, type EvaluationTrace } from '../evaluation/chart.js';
import { LIGHT, type Palette } from '../palette.js';
import type { EpochPoint, StepPoint } from './training-course.js';
import { validationName } from './training-words.js';

export interface TrainingCurves {
  readonly epochs: readonly Pick<EpochPoint, 'epoch' | 'step' | 'train' | 'validation'>[];
  /** Steps on the way, thinned; a training that is only known by its epochs has none. */
  readonly points?: readonly StepPoint[];
}

interface Row {
  readonly title: string;
  readonly share: number;
  readonly axis?: Readonly<Record<string, unknown>>;
  readonly traces: readonly EvaluationTrace[];
}

const GAP = 0.07;
const ROW_HEIGHT = 170;

/**
 * A training by its steps: losses, below them the figures on the validation batches, each in a row of its own, and the
 * learning rate; `null` before anything was learnt.
 *
 * @returns data and layout for `Plotly.newPlot`; plain JSON
 */
export function trainingFigure({ epochs, points = [] }: TrainingCurves, palette: Palette = LIGHT): EvaluationFigure | null {
  if (epochs.length + points.length === 0) return null;
  const rows = [lossRow(epochs, points, palette), ...figureRows(epochs, palette), ...(points.length === 0 ? [] : [rateRow(points, palette)])];
  const domains = domainsOf(rows.map(({ share }) => share));
  return {
    data: rows.flatMap(({ traces }, i) => traces.map((trace) => ({ ...trace, yaxis: name(i) }))),
    layout: chartLayout({ title: 'Training', palette, height: 120 + ROW_HEIGHT * (rows.length + 0.6) }, {
      showlegend: true, legend: { orientation: 'h', x: 1, xanchor: 'right', y: 1.02, yanchor: 'bottom' }, hovermode: 'x unified',
      xaxis: axis('step', palette, { zeroline: false, rangemode: 'tozero', anchor: name(rows.length - 1) }),
      ...Object.fromEntries(rows.map(({ title, axis: own = {} }, i) => [name(i).replace('y', 'yaxis'), axis(title, palette, { domain: domains[i], zeroline: false, ...own })])),
    }),
  };
}

const name = (row: number): string => (row === 0 ? 'y' : `y${row + 1}`);

/** From the top down, with gaps between. */
function domainsOf(shares: readonly number[]): [number, number][] {
  const room = 1 - GAP * (shares.length - 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let top = 1;
  return shares.map((share) => {
    const low = Math.max(0, top - (room * share) / whole);
    const domain: [number, number] = [Number(low.toFixed(4)), Number(top.toFixed(4))];
    top = low - GAP;
    return domain;
  });
}

function lossRow(epochs: TrainingCurves['epochs'], points: readonly StepPoint[], palette: Palette): Row {
  const line = (label: string, colour: string, series: readonly { readonly step: number; readonly value: number | null }[], own: Readonly<Record<string, unknown>> = {}): EvaluationTrace => ({ type: 'scatter', mode: 'lines', name: label, x: series.map(({ step }) => step), y: series.map(({ value }) => drawn(value)), line: { color: colour, width: 1.75 }, hovertemplate: `${label} %{y:.5g}<extra></extra>`, ...own });
  const steps = points.map(({ step, loss }) => ({ step, value: loss }));
  const dots = (colour: string): Readonly<Record<string, unknown>> => ({ mode: 'lines+markers', marker: { color: colour, size: 5 } });
  const validated = epochs.flatMap(({ step, validation }) => ('loss' in validation ? [{ step, value: validation['loss'] }] : []));
  return {
    title: 'loss', share: 1.6,
    traces: [
      ...(steps.length === 0 ? [] : [line('loss by step', palette.muted, steps, { line: { color: palette.muted, width: 0.75 } })]),
      ...(epochs.length === 0 ? [] : [line('training', palette.accent, epochs.map(({ step, train }) => ({ step, value: train })), dots(palette.accent))]),
      ...(validated.length === 0 ? [] : [line('validation', palette.down, validated, dots(palette.down))]),
    ],
  };
}

/** A row for each further figure on the validation batches that had a value. */
function figureRows(epochs: TrainingCurves['epochs'], palette: Palette): Row[] {
  const names = [...new Set(epochs.flatMap(({ validation }) => Object.keys(validation)))].filter((one) => one !== 'loss' && epochs.some(({ validation }) => isDrawn(validation[one])));
  return names.map((one) => {
    const label = validationName(one);
    const told = epochs.map(({ step, validation }) => ({ step, value: isDrawn(validation[one]) ? validation[one] : null }));
    return { title: label, share: 1, axis: { zeroline: true }, traces: [{ type: 'scatter', mode: 'lines+markers', name: label, showlegend: false, x: told.map(({ step }) => step), y: told.map(({ value }) => drawn(value)), line: { color: palette.up, width: 1.75 }, marker: { color: palette.up, size: 5 }, hovertemplate: `${label} %{y:.4f}<extra></extra>` }] };
  });
}

const isDrawn = (value: number | null | undefined): value is number => value !== null && value !== undefined && Number.isFinite(value);

function rateRow(points: readonly StepPoint[], palette: Palette): Row {
  return { title: 'learning rate', share: 0.7, axis: { rangemode: 'tozero', exponentformat: 'power' }, traces: [{ type: 'scatter', mode: 'lines', name: 'learning rate', showlegend: false, x: points.map(({ step }) => step), y: points.map(({ rate }) => drawn(rate)), line: { color: palette.caution, width: 1.5 }, hovertemplate: 'rate %{y:.2e}<extra></extra>' }] };
}
