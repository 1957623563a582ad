import type { ChainPanel } from '../../../options/panel/chain-panel.js';
import { drawn, type EvaluationFigure, type EvaluationTrace } from '../../evaluation/chart.js';
import { formatNumber, formatShortMoney } from '../../format.js';
import type { Palette } from '../../palette.js';
import { chainLevels } from './levels.js';
import { barWidths, priceSpan, strikeChart, type ChartPlace } from './strike-chart.js';

interface Side {
  readonly name: string;
  readonly values: readonly number[];
  readonly colour: keyof Palette;
}

/** Gamma exposure at each strike near the spot, calls and puts with their signs; `null` where none is known. */
export function gammaByStrikeFigure(panel: ChainPanel, place: ChartPlace): EvaluationFigure | null {
  const { strike, callGamma, putGamma } = panel.byStrike;
  const range = priceSpan([...strike, panel.spot]);
  if (range === null || ![...callGamma, ...putGamma].some((value) => value !== 0)) return null;
  const bar = bars(strike, range, place.palette, (value) => `${formatShortMoney(value)} a move of 1 %`);
  return strikeChart({
    ...place, range,
    title: 'Gamma exposure by strike',
    traces: [bar({ name: 'Calls', values: callGamma, colour: 'up' }), bar({ name: 'Puts', values: putGamma, colour: 'down' })],
    levels: chainLevels(panel, ['spot', 'gammaFlip', 'callWall', 'putWall']),
    xTitle: 'strike', yTitle: 'exposure, a move of 1 %', yaxis: { tickformat: '~s' },
  });
}

/** Open contracts at each strike near the spot, calls upward, puts downward; `null` where none is open. */
export function openInterestFigure(panel: ChainPanel, place: ChartPlace): EvaluationFigure | null {
  const { strike, callOpenInterest, putOpenInterest } = panel.byStrike;
  const range = priceSpan([...strike, panel.spot]);
  const most = Math.max(0, ...callOpenInterest, ...putOpenInterest);
  if (range === null || most === 0) return null;
  const bar = bars(strike, range, place.palette, (value) => `${formatNumber(Math.abs(value))} open`);
  return strikeChart({
    ...place, range,
    title: 'Open interest by strike: calls up, puts down',
    traces: [bar({ name: 'Calls', values: callOpenInterest, colour: 'up' }), bar({ name: 'Puts', values: putOpenInterest.map((value) => -value), colour: 'down' })],
    levels: chainLevels(panel, ['spot', 'callWall', 'putWall', 'maxPain']),
    xTitle: 'strike', yTitle: 'open contracts', yaxis: mirroredTicks(most),
  });
}

function bars(strike: readonly number[], range: readonly [number, number], palette: Palette, words: (value: number) => string): (side: Side) => EvaluationTrace {
  const width = barWidths(strike, range).map(drawn);
  return ({ name, values, colour }) => ({ type: 'bar', name, x: strike, y: values.map(drawn), width, marker: { color: palette[colour], opacity: 0.8, line: { width: 0 } }, hovertext: values.map(words), hovertemplate: `${name.toLowerCase()} at %{x:,~f}<br>%{hovertext}<extra></extra>` });
}

/** Counts on both sides of zero, without a sign. */
function mirroredTicks(most: number): Readonly<Record<string, unknown>> {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.5, 1, 2, 5].map((factor) => factor * power).find((one) => most / one <= 3) ?? power;
  const values = Array.from({ length: 2 * Math.floor(most / step) + 1 }, (_, i) => (i - Math.floor(most / step)) * step);
  return { tickvals: values, ticktext: values.map((value) => formatShortMoney(Math.abs(value)).replace(/\.0+(?= |$)/, '')) };
}
