import type { ChainPanel, DrawnSmile } from '../../../options/panel/chain-panel.js';
import { axis, chartLayout, drawn, sessionAxis, type EvaluationFigure, type EvaluationTrace } from '../../evaluation/chart.js';
import { formatCount } from '../../format.js';
import type { Palette } from '../../palette.js';
import type { ChainHistory } from '../chain-view.js';
import { chainLevels } from './levels.js';
import { priceSpan, strikeChart, type ChartPlace } from './strike-chart.js';

/** Colours of smiles, the nearest expiry first. */
export const SMILE_COLOURS = ['down', 'accent', 'up'] as const satisfies readonly (keyof Palette)[];

/** Contracts out of the money with their own volatility, and the curve through each expiry's; `null` without any smile. */
export function smileFigure(panel: ChainPanel, place: ChartPlace): EvaluationFigure | null {
  const { smiles } = panel;
  const range = priceSpan(smiles.flatMap(({ curve }) => curve.strike));
  if (range === null) return null;
  return strikeChart({
    ...place, range,
    title: 'Smiles: contracts and the curve through them',
    traces: smiles.flatMap((smile, i) => smileTraces(smile, place.palette[SMILE_COLOURS[i % SMILE_COLOURS.length]])),
    levels: chainLevels(panel, ['spot']),
    xTitle: 'strike', yTitle: 'implied volatility', yaxis: { tickformat: '.1~%', zeroline: false },
  });
}

function smileTraces({ days, quotes, curve }: DrawnSmile, colour: string): EvaluationTrace[] {
  const name = formatCount(days, 'day');
  return [
    { type: 'scatter', mode: 'lines', name, x: curve.strike.map(drawn), y: curve.volatility.map(drawn), line: { color: colour, width: 2 }, hovertemplate: `${name}, curve<br>%{x:,.2f}: %{y:.1%}<extra></extra>` },
    { type: 'scatter', mode: 'markers', name: `${name}, contracts`, x: quotes.strike, y: quotes.volatility.map(drawn), marker: { color: colour, size: 5, opacity: 0.55, symbol: quotes.isCall.map((isCall) => (isCall ? 'circle' : 'circle-open')) }, hovertext: quotes.isCall.map((isCall) => (isCall ? 'call' : 'put')), hovertemplate: `${name}, %{hovertext}<br>%{x:,~f}: %{y:.1%}<extra></extra>` },
  ];
}

/** At-the-money volatility by days to expiry, and what options of all strikes imply at 30 days; `null` without any expiry. */
export function termStructureFigure({ termStructure, summary }: ChainPanel, { palette, height = 330 }: ChartPlace): EvaluationFigure | null {
  if (termStructure.length === 0) return null;
  const modelFree = Math.sqrt(summary.modelFreeVariance30);
  const traces: EvaluationTrace[] = [{ type: 'scatter', mode: 'lines+markers', name: 'At the money', x: termStructure.map(({ days }) => days), y: termStructure.map(({ volatility }) => drawn(volatility)), line: { color: palette.accent, width: 2 }, marker: { color: palette.accent, size: 6 }, hovertemplate: '%{x} days<br>%{y:.1%} at the money<extra></extra>' }];
  if (Number.isFinite(modelFree)) traces.push({ type: 'scatter', mode: 'markers', name: 'Model-free', x: [30], y: [drawn(modelFree)], marker: { color: palette.caution, size: 9, symbol: 'diamond' }, hovertemplate: '30 days, all strikes<br>%{y:.1%}<extra></extra>' });
  return { data: traces, layout: chartLayout({ title: 'Term structure', palette, height: height + 23 }, { xaxis: axis('days to expiry', palette, dayAxis(termStructure)), yaxis: axis('implied volatility', palette, { tickformat: '.1~%', zeroline: false }) }) };
}

/** Logarithmic: most expiries are near. */
function dayAxis(termStructure: ChainPanel['termStructure']): Readonly<Record<string, unknown>> {
  const last = Math.max(30, ...termStructure.map(({ days }) => days));
  const first = Math.max(1, Math.min(30, ...termStructure.map(({ days }) => days)));
  return { type: 'log', range: [Math.log10(first / 1.15), Math.log10(last * 1.15)], tickvals: [1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 1095], zeroline: false };
}

/** Fewest sessions that make a line. */
const FEWEST = 5;

/** 30-day volatility over the sessions before; `null` where there are fewer than five. */
export function volatilityHistoryFigure({ sessions, volatility30 }: ChainHistory, { palette, height = 260 }: ChartPlace): EvaluationFigure | null {
  const known = sessions.flatMap((session, t) => (Number.isFinite(volatility30[t]) ? [{ session, value: volatility30[t] }] : []));
  if (known.length < FEWEST) return null;
  return {
    data: [{ type: 'scatter', mode: 'lines', name: 'At 30 days', x: known.map(({ session }) => session), y: known.map(({ value }) => drawn(value)), line: { color: palette.accent, width: 1.75 }, hovertemplate: '%{x|%-d %b %Y}<br>%{y:.1%}<extra></extra>' }],
    layout: chartLayout({ title: '30-day implied volatility, session by session', palette, height }, { xaxis: sessionAxis(palette), yaxis: axis('at the money', palette, { tickformat: '.1~%', zeroline: false }) }),
  };
}
