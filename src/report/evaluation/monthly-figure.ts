import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';
import { mean } from '../../math/stats.js';
import { formatNumber } from '../format.js';
import type { Palette } from '../palette.js';
import { axis, chartLayout, drawn, type EvaluationFigure } from './chart.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const ROW = 26;

interface Month {
  readonly year: number;
  readonly month: number;
  readonly rankIc: number;
  readonly sessions: number;
}

/** Mean rank IC of each month, years below each other; `null` without sessions. Cells are bars one year high: plotly's smaller bundle has no heatmap. */
export function monthlyFigure(evaluation: ScoreEvaluation, palette: Palette): EvaluationFigure | null {
  const months = monthlyRankIc(evaluation);
  if (months.length === 0) return null;
  const years = [...new Set(months.map(({ year }) => year))];
  const reach = Math.max(...months.map(({ rankIc }) => Math.abs(rankIc))) || 1;
  return {
    data: [{
      type: 'bar', name: 'Rank IC', x: months.map(({ month }) => MONTHS[month - 1]), y: months.map(() => 1), base: months.map(({ year }) => year - 0.5),
      marker: { color: months.map(({ rankIc }) => drawn(rankIc)), cmin: drawn(-reach), cmax: drawn(reach), colorscale: [[0, palette.down], [0.5, palette.surface], [1, palette.up]], line: { color: palette.surface, width: 1 }, showscale: true, colorbar: { title: { text: 'rank IC', side: 'right' }, thickness: 10, outlinewidth: 0, len: 1 } },
      text: months.map(({ rankIc }) => formatNumber(rankIc, 2)), textposition: 'inside', insidetextanchor: 'middle', textangle: 0, textfont: { color: palette.text, size: 10.5 },
      hovertext: months.map(({ year, month, rankIc, sessions }) => `${MONTHS[month - 1]} ${year}<br>mean rank IC ${formatNumber(rankIc, 4)}<br>${sessions} sessions`), hovertemplate: '%{hovertext}<extra></extra>',
    }],
    layout: chartLayout({ title: 'Mean rank IC by month', palette, height: 96 + ROW * years.length }, {
      bargap: 0, barmode: 'overlay', xaxis: axis('', palette, { type: 'category', categoryorder: 'array', categoryarray: MONTHS, range: [-0.5, 11.5], showgrid: false, side: 'top' }),
      yaxis: axis('', palette, { range: [Math.max(...years) + 0.5, Math.min(...years) - 0.5], tickvals: years, ticktext: years.map(String), showgrid: false, zeroline: false }),
    }),
  };
}

/** Mean rank IC of each calendar month that has sessions, in order. */
export function monthlyRankIc({ sessions, daily }: ScoreEvaluation): Month[] {
  const keys = sessions.map((session) => session.slice(0, 7));
  return [...new Set(keys)].map((key) => {
    const values = daily.rankIc.filter((value, i): value is number => keys[i] === key && value !== null);
    return { year: Number(key.slice(0, 4)), month: Number(key.slice(5)), rankIc: mean(values), sessions: values.length };
  });
}
