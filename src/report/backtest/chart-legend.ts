import { html, type Html } from '../html.js';
import type { EvaluationFigure } from '../evaluation/chart.js';

interface Key {
  readonly name: string;
  readonly colour: string;
  readonly dash: string;
}

/** Names of the lines of a chart, for its head in the page; `null` where there is only one. */
export function chartLegend(figure: EvaluationFigure): Html | null {
  if (figure.layout['showlegend'] !== true) return null;
  const rank = (trace: EvaluationFigure['data'][number]): number => Number(trace['legendrank'] ?? 0);
  const keys = figure.data.filter((trace) => trace['showlegend'] !== false).sort((a, b) => rank(a) - rank(b)).map((trace): Key => {
    const { color, dash = 'solid' } = trace['line'] as { color: string; dash?: string };
    return { name: trace.name, colour: color, dash };
  });
  return keys.length < 2 ? null : html`<ul class="legend">${keys.map(({ name, colour, dash }) => html`<li><i class="${dash}" style="border-color:${colour}"></i>${plain(name)}</li>`)}</ul>`;
}

/** Names are escaped for plotly; the page escapes its own text. */
function plain(name: string): string {
  return name.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
