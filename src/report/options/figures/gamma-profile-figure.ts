import type { ChainPanel } from '../../../options/panel/chain-panel.js';
import { drawn, type EvaluationFigure } from '../../evaluation/chart.js';
import { formatShortMoney } from '../../format.js';
import { chainLevels } from './levels.js';
import { strikeChart, type ChartPlace } from './strike-chart.js';

/** Dealers' gamma exposure if the underlying stood elsewhere; `null` where nothing of it is known. */
export function gammaProfileFigure(panel: ChainPanel, place: ChartPlace): EvaluationFigure | null {
  const { spot, exposure } = panel.gammaProfile;
  if (spot.length < 2 || !exposure.some((value) => value !== 0)) return null;
  const { palette } = place;
  return strikeChart({
    ...place,
    title: "Dealers' gamma exposure if the price stood elsewhere",
    traces: [{ type: 'scatter', mode: 'lines', name: 'Exposure', x: spot.map(drawn), y: exposure.map(drawn), fill: 'tozeroy', fillcolor: palette.accentSoft, line: { color: palette.accent, width: 2 }, hovertext: exposure.map(formatShortMoney), hovertemplate: 'at %{x:,.2f}<br>%{hovertext} a move of 1 %<extra></extra>' }],
    levels: chainLevels(panel, ['spot', 'gammaFlip']),
    range: [spot[0], spot[spot.length - 1]],
    xTitle: 'price of the underlying', yTitle: 'exposure, a move of 1 %', yaxis: { tickformat: '~s' },
  });
}
